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

  /** Whether anything can be recorded now. */
  enable(possible) {
    this.find('record').disabled = !possible;
    if (!possible) {
      this.mark(false);
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
    button.setAttribute('aria-pressed', String(on));
  }

  /** What the service says of a recording. */
  take({ id, state, frames, why, kept_s: kept }) {
    this.mark(state === 'on');
    if (state === 'on') {
      this.begun = performance.now();
      this.find('downloads').hidden = true;
      return;
    }
    this.id = id;
    const reason = why === 'asked for' ? '' : ` It ended since ${why}.`;
    this.find('recorded').value = `${frames} frames.${reason} Kept for ${Math.round(kept / 60)} minutes.`;
    this.find('downloads').hidden = frames === 0;
  }

  tick() {
    if (this.on) {
      this.find('recorded').value = `Recording, ${((performance.now() - this.begun) / 1000).toFixed(0)} s`;
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
