// How long frames take, stage by stage.

const KEPT = 150;
const STAGES = [
  ['encode', 'picture to bytes'],
  ['travel', 'on the way'],
  ['queue', 'waiting'],
  ['decode', 'bytes to pixels'],
  ['compute', 'networks'],
  ['draw', 'drawing'],
  ['all', 'capture to drawn'],
];

function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

class Delays {
  constructor(body, rate) {
    this.rate = rate;
    this.kept = [];
    this.cells = new Map();
    for (const [name, title] of STAGES) {
      const row = body.insertRow();
      const head = document.createElement('th');
      head.scope = 'row';
      head.textContent = title;
      row.append(head);
      this.cells.set(name, [row.insertCell(), row.insertCell()]);
    }
    this.clear();
  }

  clear() {
    this.kept = [];
    this.show(0, 0);
  }

  /** Takes a frame: when it was taken, sent, answered, drawn, and the service's own times. */
  add({ captured, sent, answered, drawn, ms }) {
    this.kept.push({
      at: drawn,
      encode: sent - captured,
      travel: Math.max(0, answered - sent - ms.all),
      queue: ms.queue,
      decode: ms.decode,
      compute: ms.compute,
      draw: drawn - answered,
      all: drawn - captured,
    });
    this.kept.splice(0, this.kept.length - KEPT);
  }

  /** Frames in a second. */
  get fps() {
    const now = performance.now();
    const recent = this.kept.filter(({ at }) => now - at < 2000);
    return recent.length > 1 ? ((recent.length - 1) * 1000) / (recent.at(-1).at - recent[0].at) : 0;
  }

  /** Milliseconds of a stage that a share of the frames stays below. */
  share(name, share) {
    return this.kept.length ? percentile(this.kept.map((frame) => frame[name]), share) : NaN;
  }

  show(dropped, skipped) {
    const { fps } = this;
    const left = dropped + skipped;
    this.rate.textContent = fps > 0 ? `${fps.toFixed(1)} frames a second${left ? `, ${left} left out` : ''}` : 'No frames yet.';
    for (const [name, [half, most]] of this.cells) {
      const known = this.kept.length > 0;
      half.textContent = known ? this.share(name, 0.5).toFixed(0) : '–';
      most.textContent = known ? this.share(name, 0.95).toFixed(0) : '–';
    }
  }
}

export { Delays };
