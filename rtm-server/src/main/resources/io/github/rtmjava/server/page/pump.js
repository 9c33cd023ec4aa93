// Takes frames of a source, as fast as they are answered.

import { frameFile } from './frame-file.js';

/** Width and height of at most so many pixels on the longer side. */
function within(width, height, most) {
  const scale = Math.min(1, most / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

class Pump {
  /** @param look the longer side's pixels, whether frames go as they are, and what a frame may have */
  constructor(source, look, target) {
    this.source = source;
    this.look = look;
    this.target = target;
    this.skipped = 0;
    this.last = 0;
    this.running = true;
    if (source.video) {
      this.watch();
    } else {
      this.still();
    }
  }

  watch() {
    const { video } = this.source;
    if (!this.running) {
      return;
    }
    if (video.requestVideoFrameCallback) {
      video.requestVideoFrameCallback((now, { captureTime }) => {
        this.watch();
        // Cameras tell when light fell in; otherwise it counts when the frame was there.
        this.offer(video, video.videoWidth, video.videoHeight, captureTime ?? now);
      });
    } else {
      requestAnimationFrame((now) => {
        this.watch();
        if (video.currentTime !== this.seen) {
          this.seen = video.currentTime;
          this.offer(video, video.videoWidth, video.videoHeight, now);
        }
      });
    }
  }

  /** A picture stays: it is sent until its poses are there. */
  still() {
    const { bitmap } = this.source;
    this.offer(bitmap, bitmap.width, bitmap.height, performance.now());
  }

  again() {
    if (this.running && !this.source.video) {
      this.still();
    }
  }

  async offer(picture, fullWidth, fullHeight, captured) {
    if (!this.running || fullWidth === 0) {
      return;
    }
    if (this.encoding || !this.target.free()) {
      this.skipped++;
      return;
    }
    this.encoding = true;
    try {
      const { size, plain, most } = this.look;
      const { width, height } = within(fullWidth, fullHeight, size);
      const canvas = new OffscreenCanvas(width, height);
      // Read back at once, so that it had better stay with the processor.
      const context = canvas.getContext('2d', { willReadFrequently: true });
      context.drawImage(picture, 0, 0, width, height);
      const bytes = await frameFile(canvas, context, plain, most);
      // Stamps go on, whatever clocks do.
      const stamp = Math.max(captured, this.last + 0.01);
      this.last = stamp;
      if (this.running) {
        this.target.send(stamp, bytes, { canvas, captured, sent: performance.now() });
      }
    } finally {
      this.encoding = false;
    }
  }

  stop() {
    this.running = false;
  }
}

export { Pump };
