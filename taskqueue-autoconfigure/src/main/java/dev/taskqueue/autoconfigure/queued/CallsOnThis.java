package dev.taskqueue.autoconfigure.queued;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.asm.ConstantDynamic;
import org.springframework.asm.Handle;
import org.springframework.asm.Label;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.asm.Type;

/**
 * Tells of each call in one method's byte code whose receiver is {@code this}.
 */
final class CallsOnThis extends MethodVisitor {

	private final ThisOnStack stack = new ThisOnStack();

	private final Consumer<String> found;

	/**
	 * Create a visitor.
	 * @param found told names with descriptors
	 */
	CallsOnThis(Consumer<String> found) {
		super(SpringAsmInfo.ASM_VERSION);
		this.found = found;
	}

	@Override
	public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
		int arguments = size(Type.getArgumentTypes(descriptor));
		boolean receiver = opcode != Opcodes.INVOKESTATIC;
		// A call of super's is meant as it is
		if (receiver && opcode != Opcodes.INVOKESPECIAL && this.stack.isThis(arguments + 1)) {
			this.found.accept(name + descriptor);
		}
		this.stack.replace(arguments + (receiver ? 1 : 0), Type.getReturnType(descriptor).getSize());
	}

	@Override
	public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... constants) {
		int captured = size(Type.getArgumentTypes(descriptor));
		for (Object constant : constants) {
			// A lambda's body is a method of its own, where the call is found
			if (constant instanceof Handle handle && captured > 0 && this.stack.isThis(captured)) {
				this.found.accept(handle.getName() + handle.getDesc());
			}
		}
		this.stack.replace(captured, Type.getReturnType(descriptor).getSize());
	}

	@Override
	public void visitVarInsn(int opcode, int variable) {
		if (opcode == Opcodes.ALOAD && variable == 0) {
			this.stack.pushThis();
		}
		else {
			this.stack.instruction(opcode);
		}
	}

	@Override
	public void visitInsn(int opcode) {
		this.stack.instruction(opcode);
	}

	@Override
	public void visitIntInsn(int opcode, int operand) {
		this.stack.instruction(opcode);
	}

	@Override
	public void visitTypeInsn(int opcode, String type) {
		this.stack.instruction(opcode);
	}

	@Override
	public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
		int size = Type.getType(descriptor).getSize();
		switch (opcode) {
			case Opcodes.GETSTATIC -> this.stack.replace(0, size);
			case Opcodes.PUTSTATIC -> this.stack.replace(size, 0);
			case Opcodes.GETFIELD -> this.stack.replace(1, size);
			default -> this.stack.replace(1 + size, 0);
		}
	}

	@Override
	public void visitLdcInsn(Object value) {
		boolean wide = value instanceof Long || value instanceof Double
				|| (value instanceof ConstantDynamic constant && constant.getSize() == 2);
		this.stack.replace(0, wide ? 2 : 1);
	}

	@Override
	public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
		this.stack.replace(dimensions, 1);
	}

	@Override
	public void visitJumpInsn(int opcode, Label label) {
		this.stack.jump(opcode, label);
	}

	@Override
	public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
		branch(otherwise, labels);
	}

	@Override
	public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
		branch(otherwise, labels);
	}

	private void branch(Label otherwise, Label... labels) {
		this.stack.replace(1, 0);
		this.stack.target(otherwise);
		for (Label label : labels) {
			this.stack.target(label);
		}
		this.stack.switched();
	}

	@Override
	public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
		this.stack.handler(handler);
	}

	@Override
	public void visitLabel(Label label) {
		this.stack.label(label);
	}

	private static int size(Type... types) {
		int size = 0;
		for (Type type : types) {
			size += type.getSize();
		}
		return size;
	}

}
