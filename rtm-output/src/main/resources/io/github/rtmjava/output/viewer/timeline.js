// Buttons, keys and slider of the time, and who is there when.

function clockText(seconds) {
  const whole = Math.max(0, seconds);
  const parts = [Math.floor(whole / 60) % 60, whole % 60];
  const text = `${String(parts[0]).padStart(2, '0')}:${parts[1].toFixed(2).padStart(5, '0')}`;
  return whole >= 3600 ? `${Math.floor(whole / 3600)}:${text}` : text;
}

class Timeline {
  constructor(root, recording, look, clock) {
    this.recording = recording;
    this.look = look;
    this.clock = clock;
    this.find = (id) => root.querySelector(`#${id}`);
    this.panel = this.find('time');
    this.seek = this.find('seek');
    this.presence = this.find('presence');
    this.seek.max = Math.max(0, recording.count - 1);
    this.panel.hidden = recording.count < 2;
    this.find('first').addEventListener('click', () => clock.seek(0));
    this.find('back').addEventListener('click', () => clock.step(-1));
    this.find('forward').addEventListener('click', () => clock.step(1));
    this.find('play').addEventListener('click', () => clock.toggle());
    this.find('speed').addEventListener('change', (event) => clock.setSpeed(Number(event.target.value)));
    this.seek.addEventListener('input', () => clock.seek(Number(this.seek.value)));
    this.presence.addEventListener('pointerdown', (event) => this.go(event));
    this.presence.addEventListener('pointermove', (event) => event.buttons === 1 && this.go(event));
  }

  go(event) {
    const box = this.presence.getBoundingClientRect();
    const part = (event.clientX - box.left) / box.width;
    this.clock.seek(Math.round(part * (this.recording.count - 1)));
  }

  /** Slower or faster by so many choices. */
  changeSpeed(by) {
    const choice = this.find('speed');
    choice.selectedIndex = Math.min(choice.options.length - 1, Math.max(0, choice.selectedIndex + by));
    this.clock.setSpeed(Number(choice.value));
  }

  draw() {
    const { clock, recording } = this;
    if (this.panel.hidden) {
      return;
    }
    this.panel.classList.toggle('playing', clock.playing);
    this.find('play').setAttribute('aria-label', clock.playing ? 'Pause' : 'Play');
    this.seek.value = clock.frame;
    const time = clockText(recording.times[clock.frame]);
    this.seek.setAttribute('aria-valuetext', time);
    const [now, whole] = this.find('clock').children;
    now.textContent = time;
    whole.textContent = ` / ${clockText(recording.times[recording.count - 1])}`;
    this.find('frame').value = `frame ${recording.indices[clock.frame]}`;
    const { clientWidth: width } = this.presence;
    const at = Math.min(width - 2, (clock.frame / Math.max(1, recording.count - 1)) * width - 1);
    this.find('presence-now').style.transform = `translateX(${at}px)`;
    this.drawPresence();
  }

  /**
   * All people, those who are never there at once in one line. Drawn when it looks otherwise than
   * before: browsers take long over canvases.
   */
  drawPresence() {
    const { clientWidth: width } = this.presence;
    const look = `${width} ${devicePixelRatio} ${this.look.dark} ${[...this.look.hidden]}`;
    if (look === this.drawn) {
      return;
    }
    this.drawn = look;
    const lines = packed(this.recording.manifest.people, this.recording.count / Math.max(1, width));
    const rise = Math.max(3, Math.min(8, 60 / Math.max(1, lines.length)));
    const height = Math.max(26, 6 + Math.ceil(rise * lines.length));
    this.presence.style.height = `${height}px`;
    const ratio = Math.min(2, devicePixelRatio);
    this.presence.width = Math.round(width * ratio);
    this.presence.height = Math.round(height * ratio);
    const context = this.presence.getContext('2d');
    context.scale(ratio, ratio);
    const row = (height - 6) / Math.max(3, lines.length);
    const x = (frame) => (frame / Math.max(1, this.recording.count - 1)) * width;
    lines.forEach((people, i) => {
      for (const { id, runs } of people) {
        context.fillStyle = this.look.css(id);
        context.globalAlpha = this.look.hidden.has(id) ? 0.25 : 0.9;
        for (const [from, to] of runs) {
          context.fillRect(x(from), 3 + i * row + 0.5, Math.max(1, x(to) - x(from)), Math.max(1, row - 1));
        }
      }
    });
  }
}

/**
 * People in as few lines as they fit in, each in the first where nobody is between their first and
 * last frame.
 *
 * @param gap frames that stay free between two in a line
 */
function packed(people, gap) {
  const first = ({ runs }) => runs[0][0];
  const last = ({ runs }) => runs[runs.length - 1][1];
  const lines = [];
  for (const person of [...people].filter(({ runs }) => runs.length > 0).sort((a, b) => first(a) - first(b))) {
    const line = lines.find((others) => last(others[others.length - 1]) + gap < first(person));
    if (line) {
      line.push(person);
    } else {
      lines.push([person]);
    }
  }
  return lines;
}

export { Timeline, packed };
