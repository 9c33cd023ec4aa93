// A camera at the server: its pictures come from there, each with its people.

const HEAD_END = [13, 10, 13, 10];

/** Where a sequence of bytes is; negative if it is not there. */
function indexOf(bytes, wanted) {
  let at = bytes.indexOf(wanted[0]);
  while (at >= 0 && !wanted.every((byte, i) => bytes[at + i] === byte)) {
    at = bytes.indexOf(wanted[0], at + 1);
  }
  return at;
}

/** Takes apart a multipart body, each part of which says how long it is. */
class Parts {
  constructor(take) {
    this.take = take;
    this.bytes = new Uint8Array(0);
  }

  add(chunk) {
    const all = new Uint8Array(this.bytes.length + chunk.length);
    all.set(this.bytes);
    all.set(chunk, this.bytes.length);
    this.bytes = all;
    while (this.cut());
  }

  /** Gives the first part away, if it is complete. */
  cut() {
    const end = indexOf(this.bytes, HEAD_END);
    if (end < 0) {
      return false;
    }
    const head = new TextDecoder().decode(this.bytes.subarray(0, end));
    const from = end + HEAD_END.length;
    const to = from + Number(/^Content-Length: (\d+)/m.exec(head)[1]);
    if (this.bytes.length < to) {
      return false;
    }
    this.take(/^Content-Type: ([^\r;]+)/m.exec(head)[1], this.bytes.slice(from, to));
    this.bytes = this.bytes.slice(to);
    return true;
  }
}

/** A source of pictures that nobody has to send. */
class ServerCamera {
  constructor(camera) {
    this.live = false;
    this.camera = camera;
    this.name = `Camera at the server (${camera})`;
  }

  onEnd() {}

  close() {}
}

/** One connection. Its listener is told as that of a socket is, and how the camera is. */
class LiveStream {
  constructor(service, query, listener) {
    this.service = service;
    this.query = query;
    this.listener = listener;
    this.dropped = 0;
    this.end = new AbortController();
  }

  /** Connects; what the service says of the camera. */
  async open() {
    const query = new URLSearchParams({ ...this.query, form: 'mixed' });
    const response = await this.service.get(`/v1/live?${query}`, { signal: this.end.signal });
    return new Promise((resolve) => {
      this.read(response.body.getReader(), resolve);
    });
  }

  async read(body, greet) {
    const parts = new Parts((type, bytes) => this.take(type, bytes, greet));
    // A connection that breaks off has ended, too.
    const next = () => body.read().catch(() => ({ done: true }));
    for (let part = await next(); !part.done; part = await next()) {
      parts.add(part.value);
    }
    if (!this.closing) {
      this.listener.lost('');
    }
  }

  take(type, bytes, greet) {
    if (type === 'image/jpeg') {
      // What is not shown yet has grown old.
      this.next = { message: this.message, picture: new Blob([bytes], { type }), arrived: performance.now() };
      if (!this.showing) {
        this.show();
      }
      return;
    }
    const message = JSON.parse(new TextDecoder().decode(bytes));
    if (message.hello) {
      greet(message);
    } else if (message.state) {
      this.listener.cameraState(message);
    } else {
      this.message = message;
    }
  }

  async show() {
    this.showing = true;
    while (this.next && !this.closing) {
      const { message, picture, arrived } = this.next;
      this.next = null;
      const bitmap = await createImageBitmap(picture).catch(() => null);
      if (bitmap && !this.closing) {
        const captured = arrived - message.ms.all;
        this.dropped = message.dropped;
        this.listener.poses({ ...message, ms: { decode: 0, ...message.ms } }, { canvas: bitmap, captured, sent: captured });
      }
      bitmap?.close();
    }
    this.showing = false;
  }

  /** Begins or ends a recording; there is nothing else that one watcher may change for all. */
  async tell({ record }) {
    try {
      const { camera } = this.query;
      const path = record === 'start' ? `/v1/cameras/${camera}/recordings` : `/v1/recordings/${this.recording}/end`;
      const { recording } = await (await this.service.post(path)).json();
      this.recording = recording.state === 'on' ? recording.id : null;
      this.listener.recording(recording);
    } catch (refusal) {
      this.listener.failed({ detail: refusal.message });
    }
  }

  close() {
    this.closing = true;
    this.end.abort();
    if (this.recording) {
      this.tell({ record: 'stop' });
    }
  }
}

export { LiveStream, ServerCamera };
