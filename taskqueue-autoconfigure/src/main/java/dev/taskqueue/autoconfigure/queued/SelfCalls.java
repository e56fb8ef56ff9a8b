package dev.taskqueue.autoconfigure.queued;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.asm.Type;
import org.springframework.util.ClassUtils;

/**
 * Which methods a class, or one above it, calls on {@code this}, or refers to as
 * {@code this::method}. Such a call goes past every proxy. Read from byte code: a call on
 * another object of the class, such as the bean's own proxy in a field, is not meant.
 */
final class SelfCalls {

	private final Set<String> called = new TreeSet<>();

	/**
	 * Look through a class.
	 * @param type the class of a bean
	 */
	SelfCalls(Class<?> type) {
		for (Class<?> level = type; level != null && level != Object.class; level = level.getSuperclass()) {
			read(level);
		}
	}

	/**
	 * Whether a method is called.
	 * @param method a method of the class
	 * @return {@code true} if there is a call on {@code this}
	 */
	boolean contains(Method method) {
		return this.called.contains(method.getName() + Type.getMethodDescriptor(method));
	}

	private void read(Class<?> type) {
		try (InputStream in = type.getResourceAsStream(ClassUtils.getClassFileName(type))) {
			if (in != null) { // else it was made at run time, and is nobody's code
				new ClassReader(in).accept(new Methods(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Goes through the instance methods, the bodies of lambdas among them. */
	private final class Methods extends ClassVisitor {

		Methods() {
			super(SpringAsmInfo.ASM_VERSION);
		}

		@Override
		public @Nullable MethodVisitor visitMethod(int access, String name, String descriptor,
				@Nullable String signature, String @Nullable [] exceptions) {
			boolean hasThis = (access & (Opcodes.ACC_STATIC | Opcodes.ACC_BRIDGE | Opcodes.ACC_ABSTRACT)) == 0;
			return hasThis ? new CallsOnThis(SelfCalls.this.called::add) : null;
		}

	}

}
