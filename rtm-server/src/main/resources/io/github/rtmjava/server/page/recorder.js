// Records on the service, and downloads what it made.

const FORMATS = [
  ['jsonl', 'JSON lines'], ['csv', 'CSV'], ['trc', 'TRC'], ['c3d', 'C3D'], ['glb', 'GLB'], ['bvh', 'BVH'], ['viewer', 'Viewer page'],
];

class Recorder {
  constructor(find, service, tell, complain) {
    this.find = find;
    this.service = service;
    this.tell = tell;
    this.complain = complain;
    this.on = false;
    find('record').addEventListener('click', () => this.tell({ record: this.on ? 'stop' : 'start' }));
    for (const [format, title] of FORMATS) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = title;
      button.dataset.format = format;
      button.addEventListener('click', () => this.download(format, button));
      find('downloads').append(button);
    }
  }

  /** Whether anything can be recorded now; a recording ends with its connection, and is kept. */
  enable(possible) {
    this.find('record').disabled = !possible;
    if (!possible && this.on) {
      this.mark(false);
      this.offer('The recording ended with the connection.', true);
    }
  }

  /** Whether the formats with depth can be had. */
  depth(there) {
    for (const button of this.find('downloads').children) {
      button.hidden = !there && ['trc', 'c3d', 'glb', 'bvh'].includes(button.dataset.format);
    }
  }

  mark(on) {
    this.on = on;
    const button = this.find('record');
    button.textContent = on ? 'Stop recording' : 'Start recording';
    button.classList.toggle('on', on);
    this.find('recording-time').textContent = '';
  }

  offer(text, downloads) {
    this.find('recorded').textContent = text;
    this.find('downloads').hidden = !downloads;
  }

  /** What the service says of a recording. */
  take({ id, state, frames, why, kept_s: kept }) {
    this.mark(state === 'on');
    this.id = id;
    if (state === 'on') {
      this.begun = performance.now();
      this.offer('', false);
      return;
    }
    const reason = why === 'asked for' ? '' : ` It ended since ${why}.`;
    this.offer(`${frames} frames.${reason} Kept for ${Math.round(kept / 60)} minutes.`, frames > 0);
  }

  tick() {
    if (this.on) {
      this.find('recording-time').textContent = `${((performance.now() - this.begun) / 1000).toFixed(0)} s`;
    }
  }

  async download(format, button) {
    button.disabled = true;
    try {
      const response = await this.service.get(`/v1/recordings/${this.id}/files/${format}`);
      const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition'))?.[1] ?? `recording.${format}`;
      const address = URL.createObjectURL(await response.blob());
      const link = document.createElement('a');
      link.href = address;
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    } catch (refusal) {
      this.complain([refusal.message]);
    } finally {
      button.disabled = false;
    }
  }
}

export { Recorder };
