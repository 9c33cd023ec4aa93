// A frame as a file: JPEG, or BMP where nothing is in the way of its size.

const QUALITY = 0.8;
const HEADER = 54;

/** Whether the service is on this machine: encoding would take longer than sending. */
const near = ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);

/** Bytes of a row: whole words of four. */
const stride = (width) => (3 * width + 3) & ~3;

/** Blue, green, red of 8 bits each, from the top. */
function bmp({ data, width, height }) {
  const row = stride(width);
  const bytes = new Uint8Array(HEADER + row * height);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x4d42, true);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, HEADER, true);
  view.setUint32(14, HEADER - 14, true);
  view.setInt32(18, width, true);
  view.setInt32(22, -height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (let y = 0, from = 0; y < height; y++) {
    for (let to = HEADER + y * row, end = to + 3 * width; to < end; to += 3, from += 4) {
      bytes[to] = data[from + 2];
      bytes[to + 1] = data[from + 1];
      bytes[to + 2] = data[from];
    }
  }
  return bytes.buffer;
}

/**
 * The bytes of what a canvas shows.
 * @param plain whether BMP is wanted
 * @param most bytes that the service takes: what would be larger is JPEG
 */
async function frameFile(canvas, context, plain, most) {
  const { width, height } = canvas;
  if (plain && HEADER + stride(width) * height <= most) {
    return bmp(context.getImageData(0, 0, width, height));
  }
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
  return blob.arrayBuffer();
}

export { frameFile, near };
