// The clip that comes with the service, with its poses: it plays until a source is chosen.

const FOLDER = '/page/demo/';

/** Plays poses beside a video. */
class Demo {
  constructor(video, poses, show) {
    this.video = video;
    this.poses = poses;
    this.show = show;
    this.running = true;
    this.last = -1;
    this.tick = this.tick.bind(this);
    requestAnimationFrame(this.tick);
  }

  /** Numbers come as steps from the same person's last ones. */
  static summed(frames) {
    const last = new Map();
    for (const person of frames.flat()) {
      const before = last.get(person.id);
      for (const name of before ? ['xy', 'xyz', 'scores'] : []) {
        person[name] = person[name].map((step, i) => before[name][i] + step);
      }
      last.set(person.id, person);
    }
    return frames;
  }

  static async start(show) {
    const response = await fetch(`${FOLDER}poses.json`);
    if (!response.ok) {
      throw new Error(`no clip: ${response.status}`);
    }
    const poses = await response.json();
    Demo.summed(poses.frames);
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    video.loop = true;
    video.src = `${FOLDER}clip.mp4`;
    await video.play();
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      video.pause();
    }
    return new Demo(video, poses, show);
  }

  get hello() {
    return this.poses.hello;
  }

  tick() {
    if (!this.running) {
      return;
    }
    const { frames, rate } = this.poses;
    const at = Math.min(frames.length - 1, Math.floor(this.video.currentTime * rate + 0.01));
    if (at !== this.last && this.video.readyState >= 2) {
      this.last = at;
      this.show({ ...this.poses.view, persons: frames[at].map((person) => this.person(person)) }, this.video);
    }
    requestAnimationFrame(this.tick);
  }

  /** Half pixels, millimetres and hundredths, as numbers. */
  person({ id, box, score, xy, xyz, scores }) {
    const rows = (flat, size, scale) =>
      Array.from({ length: flat.length / size }, (none, k) => flat.slice(size * k, size * (k + 1)).map((v) => v * scale));
    return {
      id,
      bbox: box,
      bbox_score: score / 100,
      keypoints: rows(xy, 2, 0.5),
      keypoints_3d: xyz && rows(xyz, 3, 0.001),
      keypoint_scores: scores.map((value) => value / 100),
    };
  }

  stop() {
    this.running = false;
    this.video.pause();
  }
}

export { Demo };
