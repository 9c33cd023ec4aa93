// A recording in parts, each a text with a name: the manifest, the times, and blocks of poses and angles
// that are decoded when they are needed. A block is Base64 of deflated little-endian columns; see TrackChunk and Column.

const ABSENT = 0xffff;
const INTERPOLATED = 1;

/** The bytes of a block, inflated. */
async function inflate(text) {
  const packed = Uint8Array.fromBase64
    ? Uint8Array.fromBase64(text)
    : Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream).arrayBuffer();
}

/** Reads numbers of a block one after another. */
class Reader {
  constructor(buffer) {
    this.view = new DataView(buffer);
    this.bytes = new Uint8Array(buffer);
    this.at = 0;
  }

  int32() {
    this.at += 4;
    return this.view.getInt32(this.at - 4, true);
  }

  float32() {
    this.at += 4;
    return this.view.getFloat32(this.at - 4, true);
  }

  float64() {
    this.at += 8;
    return this.view.getFloat64(this.at - 8, true);
  }

  uint8s(count) {
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  /** Who it is, and in which frames of the chunk. */
  head() {
    const id = this.int32();
    const size = this.int32();
    const frames = new Uint16Array(size);
    for (let i = 0; i < size; i++, this.at += 2) {
      frames[i] = this.view.getUint16(this.at, true);
    }
    return { id, size, frames };
  }

  /** Columns of differences, as codes frame by frame, with the range of each axis. */
  columns(size, stride, axes) {
    const low = new Float32Array(axes);
    const step = new Float32Array(axes);
    for (let axis = 0; axis < axes; axis++) {
      low[axis] = this.float32();
      step[axis] = this.float32();
    }
    const lows = this.uint8s(size * stride);
    const highs = this.uint8s(size * stride);
    const codes = new Uint16Array(size * stride);
    for (let c = 0, from = 0; c < stride; c++) {
      for (let i = 0, code = 0, to = c; i < size; i++, from++, to += stride) {
        const folded = lows[from] | (highs[from] << 8);
        code += (folded >>> 1) ^ -(folded & 1);
        codes[to] = code;
      }
    }
    return { codes, low, step, stride, axes };
  }

  /** Scores are plain differences of 8 bits. */
  scores(size, points) {
    const largest = this.float32();
    const differences = this.uint8s(size * points);
    const codes = new Uint8Array(size * points);
    for (let k = 0, from = 0; k < points; k++) {
      for (let i = 0, code = 0, to = k; i < size; i++, from++, to += points) {
        code += differences[from];
        codes[to] = code;
      }
    }
    return { codes, step: largest / 255, stride: points };
  }
}

function values(columns, row) {
  const { codes, low, step, stride, axes } = columns;
  const out = new Float32Array(stride);
  for (let c = 0, from = row * stride; c < stride; c++, from++) {
    const axis = c % axes;
    out[c] = codes[from] === ABSENT ? NaN : low[axis] + codes[from] * step[axis];
  }
  return out;
}

/** A few decoded blocks, the ones used last. */
class Shelf {
  constructor(room, load) {
    this.room = room;
    this.load = load;
    this.blocks = new Map();
    this.coming = new Map();
  }

  /** The block if it is there. */
  peek(number) {
    const found = this.blocks.get(number);
    if (found) {
      this.blocks.delete(number);
      this.blocks.set(number, found);
    }
    return found;
  }

  /** The block when it is there. */
  get(number) {
    const found = this.peek(number);
    if (found) {
      return Promise.resolve(found);
    }
    if (!this.coming.has(number)) {
      this.coming.set(
        number,
        this.load(number).then((decoded) => {
          this.coming.delete(number);
          this.blocks.set(number, decoded);
          while (this.blocks.size > this.room) {
            this.blocks.delete(this.blocks.keys().next().value);
          }
          return decoded;
        }),
      );
    }
    return this.coming.get(number);
  }
}

/** One person in one frame. Coordinates in 3D are those of the page: y up. */
class Figure {
  constructor(track, row, { axes, origin }) {
    this.id = track.id;
    this.interpolated = (track.flags[row] & INTERPOLATED) !== 0;
    this.box = track.boxes.subarray(5 * row, 5 * row + 4);
    this.boxScore = track.boxes[5 * row + 4];
    this.xy = values(track.xy, row);
    this.scores = new Float32Array(track.scores.stride);
    for (let k = 0; k < this.scores.length; k++) {
      this.scores[k] = track.scores.codes[row * track.scores.stride + k] * track.scores.step;
    }
    this.own = track.xyz ? values(track.xyz, row) : null;
    this.xyz = this.own ? turned(this.own, axes, origin) : null;
  }
}

function turned(points, axes, origin) {
  const out = new Float32Array(points.length);
  for (let p = 0; p < points.length; p += 3) {
    for (let row = 0; row < 3; row++) {
      const a = axes[row];
      out[p + row] = origin[row] + a[0] * points[p] + a[1] * points[p + 1] + a[2] * points[p + 2];
    }
  }
  return out;
}

/** Rows of tracks by frame of the chunk. */
function byFrame(tracks, chunk) {
  const rows = Array.from({ length: chunk }, () => []);
  for (const track of tracks) {
    track.frames.forEach((frame, row) => rows[frame].push([track, row]));
  }
  rows.forEach((row) => row.sort(([a], [b]) => Math.abs(a.id) - Math.abs(b.id)));
  return rows;
}

/** Everybody, frame by frame. */
class Recording {
  /** Opens a recording whose parts are given by name, at once or as promises. */
  static async open(part) {
    const manifest = JSON.parse(await part('manifest'));
    const recording = new Recording(manifest, part);
    const reader = await recording.reader('times');
    for (let i = 0, index = 0; i < manifest.frames; i++) {
      recording.times[i] = reader.float64();
      index += reader.int32();
      recording.indices[i] = index;
    }
    return recording;
  }

  constructor(manifest, part) {
    this.manifest = manifest;
    this.part = part;
    this.count = manifest.frames;
    this.times = new Float64Array(this.count);
    this.indices = new Float64Array(this.count);
    this.poses = new Shelf(6, (n) => this.decodePoses(n));
    this.angles = new Shelf(64, (n) => this.decodeAngles(n));
  }

  async reader(name) {
    return new Reader(await inflate(await this.part(name)));
  }

  get duration() {
    return this.count > 0 ? this.times[this.count - 1] - this.times[0] : 0;
  }

  /** The last frame that is not after a time. */
  frameAt(time) {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.times[middle] <= time) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  chunkOf(frame) {
    return Math.floor(frame / this.manifest.chunk);
  }

  get chunks() {
    return Math.ceil(this.count / this.manifest.chunk);
  }

  /** The people of a frame, or undefined while their block is not decoded. */
  figures(frame) {
    const chunk = this.poses.peek(this.chunkOf(frame));
    return chunk && chunk[frame % this.manifest.chunk].map(
      ([track, row]) => new Figure(track, row, this.manifest));
  }

  /** Decodes the block of a frame, and begins with the one after it. */
  async load(frame) {
    const number = this.chunkOf(frame);
    await this.poses.get(number);
    if (number + 1 < this.chunks) {
      this.poses.get(number + 1);
    }
  }

  async decodePoses(number) {
    const points = this.manifest.points.length;
    const reader = await this.reader(`pose-${number}`);
    const tracks = Array.from({ length: reader.int32() }, () => {
      const track = reader.head();
      const depth = reader.int32() === 1;
      track.flags = reader.uint8s(track.size);
      track.boxes = new Float32Array(5 * track.size);
      for (let i = 0; i < track.boxes.length; i++) {
        track.boxes[i] = reader.float32();
      }
      track.scores = reader.scores(track.size, points);
      track.xy = reader.columns(track.size, 2 * points, 2);
      track.xyz = depth ? reader.columns(track.size, 3 * points, 3) : null;
      return track;
    });
    return byFrame(tracks, this.manifest.chunk);
  }

  /** By person: the frames, and for each angle a row of degrees. */
  async decodeAngles(number) {
    const reader = await this.reader(`angle-${number}`);
    const series = new Map();
    for (let tracks = reader.int32(); tracks > 0; tracks--) {
      const { id, size, frames } = reader.head();
      const columns = reader.columns(size, this.manifest.angles.length, 1);
      const first = number * this.manifest.chunk;
      series.set(id, { frames: Array.from(frames, (f) => first + f), columns });
    }
    return series;
  }
}

/** One angle of a row of columns, in degrees, or NaN. */
function degrees(columns, row, angle) {
  const code = columns.codes[row * columns.stride + angle];
  return code === ABSENT ? NaN : columns.low[0] + code * columns.step[0];
}

export { Recording, degrees };
