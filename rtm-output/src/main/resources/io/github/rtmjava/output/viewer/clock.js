// What time it is: the frame shown, whether it plays, and how fast. Where there is a video, that is
// the clock.

class Clock {
  constructor(recording, changed) {
    this.recording = recording;
    this.changed = changed;
    this.frame = 0;
    this.time = recording.count > 0 ? recording.times[0] : 0;
    this.playing = false;
    this.speed = 1;
    this.video = null;
    this.shownAt = null;
    this.last = 0;
  }

  /** Lets a video that can be played be the clock. */
  use(video) {
    this.video = video;
    video.playbackRate = this.speed;
    if (video.requestVideoFrameCallback) {
      const presented = (now, { mediaTime }) => {
        this.shownAt = mediaTime;
        if (this.video === video) {
          video.requestVideoFrameCallback(presented);
        }
      };
      video.requestVideoFrameCallback(presented);
    }
    video.addEventListener('ended', () => this.pause());
    this.seek(this.frame);
  }

  toggle() {
    if (this.playing) {
      this.pause();
    } else {
      this.play();
    }
  }

  play() {
    if (this.recording.count < 2) {
      return;
    }
    if (this.frame === this.recording.count - 1) {
      this.seek(0);
    }
    this.playing = true;
    this.last = performance.now();
    this.shownAt = null;
    if (this.video) {
      this.video.play().catch(() => this.pause());
    }
    this.changed();
  }

  pause() {
    if (this.playing) {
      this.playing = false;
      if (this.video) {
        this.video.pause();
        this.seek(this.frame);
      }
      this.changed();
    }
  }

  setSpeed(speed) {
    this.speed = speed;
    if (this.video) {
      this.video.playbackRate = speed;
    }
    this.changed();
  }

  step(frames) {
    this.pause();
    this.seek(this.frame + frames);
  }

  jump(seconds) {
    this.seek(this.recording.frameAt(this.recording.times[this.frame] + seconds + 1e-6));
  }

  seek(frame) {
    const { count, times } = this.recording;
    if (count === 0) {
      return;
    }
    this.frame = Math.min(count - 1, Math.max(0, frame));
    this.time = times[this.frame];
    this.shownAt = null;
    if (this.video) {
      this.video.currentTime = this.time + this.within(this.frame);
    }
    this.changed();
  }

  /** A time safely within a frame, from its beginning: rounding must not show the one before. */
  within(frame) {
    const { count, times } = this.recording;
    const next = frame + 1 < count ? times[frame + 1] - times[frame] : 0.02;
    return Math.min(0.5 * next, 0.02);
  }

  /** Moves on while it plays; called before every drawing. */
  tick(now) {
    if (!this.playing) {
      return;
    }
    const { recording } = this;
    const passed = Math.min(0.25, (now - this.last) / 1000) * this.speed;
    this.last = now;
    if (this.video) {
      if (!this.video.seeking) {
        this.time = this.shownAt !== null ? this.shownAt : this.video.currentTime;
        this.frame = recording.frameAt(this.time + this.within(this.frame) / 2);
      }
    } else if (recording.figures(this.frame)) {
      this.time += passed;
      this.frame = recording.frameAt(this.time);
      if (this.time >= recording.times[recording.count - 1]) {
        this.pause();
      }
    }
  }
}

export { Clock };
