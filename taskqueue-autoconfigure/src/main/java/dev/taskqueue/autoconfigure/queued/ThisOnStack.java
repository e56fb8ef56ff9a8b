package dev.taskqueue.autoconfigure.queued;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

import org.springframework.asm.Label;
import org.springframework.asm.Opcodes;

/**
 * Where on the operand stack of a method {@code this} lies, instruction by instruction. A
 * stack is as high as its slots: a long takes two. Used by one thread for one method.
 */
final class ThisOnStack {

	/** How much higher the stack is after each instruction: 'E' for as high as before. */
	private static final String CHANGES = "EFFFFFFFFGGFFFGGFFEEEFGFGFEEEEEEEEEEEEEEEEEEEEDEDE"
			+ "DDDDDCDCDEEEEEEEEEEEEEEEEEEEEBABABBBBDCFFFGGGEDCDC"
			+ "DCDCDCDCDCDCDCDCEEEEDDDDDDDCDCDCEFEFDDEEFFDEDEEEBD"
			+ "DBBDDDDDDCCCCCCCCEEEDDEEEEEEEEEEEEEEEFEEEEEEDDEEDD";

	private BitSet slots = new BitSet();

	private int height;

	/** After a jump that is always taken; the next label says how high the stack is. */
	private boolean unreachable;

	private final Map<Label, State> atLabels = new HashMap<>();

	/**
	 * An instruction whose effect does not depend on its operands.
	 * @param opcode what it does
	 */
	void instruction(int opcode) {
		switch (opcode) {
			case Opcodes.DUP -> copy(1, 0);
			case Opcodes.DUP_X1 -> copy(1, 1);
			case Opcodes.DUP_X2 -> copy(1, 2);
			case Opcodes.DUP2 -> copy(2, 0);
			case Opcodes.DUP2_X1 -> copy(2, 1);
			case Opcodes.DUP2_X2 -> copy(2, 2);
			case Opcodes.SWAP -> swap();
			case Opcodes.INSTANCEOF -> replace(1, 1);
			default -> change(CHANGES.charAt(opcode) - 'E');
		}
		if ((opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) || opcode == Opcodes.ATHROW) {
			this.unreachable = true;
		}
	}

	void pushThis() {
		this.slots.set(this.height);
		this.height++;
	}

	/**
	 * Something takes values and leaves others.
	 * @param taken how many slots it takes
	 * @param left how many it leaves
	 */
	void replace(int taken, int left) {
		change(-taken);
		change(left);
	}

	void jump(int opcode, Label target) {
		change(CHANGES.charAt(opcode) - 'E');
		target(target);
		this.unreachable |= (opcode == Opcodes.GOTO);
	}

	void target(Label label) {
		if (!this.unreachable) {
			this.atLabels.putIfAbsent(label, new State((BitSet) this.slots.clone(), this.height));
		}
	}

	/** A handler finds the exception, and nothing else. */
	void handler(Label label) {
		this.atLabels.put(label, new State(new BitSet(), 1));
	}

	void label(Label label) {
		State state = this.atLabels.get(label);
		if (state != null) {
			this.slots = (BitSet) state.slots.clone();
			this.height = state.height;
		}
		else if (this.unreachable) {
			this.slots.clear(); // reached from below only, where no expression is under
								// way
			this.height = 0;
		}
		this.unreachable = false;
	}

	void switched() {
		this.unreachable = true;
	}

	/**
	 * Whether {@code this} lies there.
	 * @param depth how many slots from the top, 1 for the top
	 * @return {@code true} if it does
	 */
	boolean isThis(int depth) {
		return this.height >= depth && this.slots.get(this.height - depth);
	}

	private void change(int slots) {
		this.height = Math.max(0, this.height + slots);
		this.slots.clear(this.height, Math.max(this.height, this.slots.length()));
	}

	/** What lies on top comes once more, below what it is to skip. */
	private void copy(int size, int skipped) {
		int moved = size + skipped;
		BitSet top = this.slots.get(Math.max(0, this.height - moved), this.height);
		int base = Math.max(0, this.height - moved);
		for (int i = 0; i < size; i++) {
			this.slots.set(base + i, top.get(skipped + i));
		}
		for (int i = 0; i < moved; i++) {
			this.slots.set(base + size + i, top.get(i));
		}
		this.height += size;
	}

	private void swap() {
		boolean top = isThis(1);
		this.slots.set(this.height - 1, isThis(2));
		this.slots.set(this.height - 2, top);
	}

	private record State(BitSet slots, int height) {

	}

}
