// The connection: frames go, poses come, a few are unanswered at most.

const UNANSWERED = 2;
const PATIENCE = 10_000;

/** The next frame goes when the one before has had so much of the time that one takes. */
const HEAD_START = 0.7;
const WEIGHT = 0.1;

/** What the service refuses, in its words. */
class Refusal extends Error {
  constructor(problem, status) {
    super(problem?.detail ?? 'The service does not answer. Is it still running?');
    this.reason = problem?.reason ?? 'unreachable';
    this.status = status;
  }
}

/** Requests with the token, which stays in this tab. */
class Service {
  get token() {
    return sessionStorage.getItem('rtm-token');
  }

  set token(token) {
    sessionStorage.setItem('rtm-token', token);
  }

  /** An answer that is not refused. */
  async get(path, options = {}) {
    const headers = this.token ? { Authorization: `Bearer ${this.token}` } : {};
    let response;
    try {
      response = await fetch(path, { ...options, headers });
    } catch {
      throw new Refusal(null, 0);
    }
    if (!response.ok) {
      throw new Refusal(await response.json().catch(() => null), response.status);
    }
    return response;
  }

  post(path) {
    return this.get(path, { method: 'POST' });
  }

  socket(query) {
    const address = new URL('/v1/stream', location.href);
    address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    address.search = new URLSearchParams(this.token ? { ...query, token: this.token } : query);
    return new WebSocket(address);
  }

  /** Browsers do not say why a socket was refused: asked without one, the service does. */
  async why(query) {
    try {
      await this.get(`/v1/stream?${new URLSearchParams(query)}`);
    } catch (refusal) {
      return refusal.status === 426 ? new Refusal(null, 0) : refusal;
    }
    return new Refusal(null, 0);
  }
}

/** One socket. */
class Stream {
  constructor(service, query, listener) {
    this.service = service;
    this.query = query;
    this.listener = listener;
    this.sent = new Map();
    this.dropped = 0;
    this.work = 0;
    this.sentAt = -Infinity;
  }

  /** Connects; what the service says of itself. */
  open() {
    return new Promise((resolve, reject) => {
      const socket = this.service.socket(this.query);
      socket.binaryType = 'arraybuffer';
      this.socket = socket;
      let greeted = false;
      const late = setTimeout(() => socket.close(), PATIENCE);
      socket.addEventListener('message', ({ data }) => {
        const message = JSON.parse(data);
        if (message.hello) {
          greeted = true;
          clearTimeout(late);
          resolve(message);
        } else {
          this.take(message);
        }
      });
      socket.addEventListener('close', async ({ code, reason }) => {
        clearTimeout(late);
        this.sent.clear();
        if (!greeted) {
          reject(code === 1013 ? new Refusal({ detail: reason }, 429) : await this.service.why(this.query));
        } else if (!this.closing) {
          this.listener.lost(reason);
        }
      });
    });
  }

  take(message) {
    if ('stamp' in message) {
      const frame = this.sent.get(message.stamp);
      // Answers come in order: what was sent before this one was dropped.
      for (const stamp of [...this.sent.keys()]) {
        if (stamp <= message.stamp) {
          this.sent.delete(stamp);
        }
      }
      this.dropped = message.dropped;
      if (message.error) {
        this.listener.failed(message.error);
      } else if (frame) {
        this.work += WEIGHT * (message.ms.decode + message.ms.compute - this.work);
        this.listener.poses(message, frame);
      }
    } else if (message.recording) {
      this.listener.recording(message.recording);
    } else if (message.error) {
      this.listener.failed(message.error);
    }
  }

  /**
   * Whether a frame may be sent now: the service is never to be without work, and no frame is to
   * grow old before the one ahead of it.
   */
  get free() {
    const { size } = this.sent;
    const early = size > 0 && performance.now() - this.sentAt < HEAD_START * this.work;
    return this.socket?.readyState === WebSocket.OPEN && size < UNANSWERED && !early;
  }

  /**
   * Sends a frame.
   *
   * @param stamp milliseconds; more than that of the frame before
   * @param bytes of a picture file
   * @param frame what the listener gets back with the poses
   */
  send(stamp, bytes, frame) {
    if (this.socket?.readyState !== WebSocket.OPEN) {
      return; // It was lost while the picture was made into bytes.
    }
    const message = new Uint8Array(8 + bytes.byteLength);
    new DataView(message.buffer).setFloat64(0, stamp, true);
    message.set(new Uint8Array(bytes), 8);
    this.sent.set(stamp, frame);
    this.sentAt = performance.now();
    this.socket.send(message);
  }

  tell(message) {
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify(message));
    }
  }

  close() {
    this.closing = true;
    this.socket?.close();
  }
}

export { Refusal, Service, Stream };
