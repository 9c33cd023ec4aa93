// Where pictures come from.

/** Why there is no camera, and what to do. */
function cameraTrouble(error) {
  if (!window.isSecureContext) {
    return [
      'Browsers give a camera to pages of https, or of this machine, only; this page came over http from another one.',
      'Open it by https (the service has --tls-self-signed), or on the machine itself as http://localhost.',
    ];
  }
  switch (error?.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return [
        'The browser was told not to give this page the camera.',
        'Allow it in the site settings, by the sign beside the address, and try again.',
      ];
    case 'NotFoundError':
    case 'OverconstrainedError':
      return ['This device has no camera that can be used.', 'Plug one in and try again, or choose a picture or video.'];
    case 'NotReadableError':
    case 'AbortError':
      return ['The camera is there, but another program seems to use it.', 'Close that program and try again.'];
    default:
      return [`The camera cannot be used (${error?.message ?? 'no reason is given'}).`, 'Choose a picture or video instead.'];
  }
}

/** A camera of this device. */
class CameraSource {
  static async open(id, size) {
    if (!navigator.mediaDevices?.getUserMedia) {
      throw new DOMException('no mediaDevices', 'NotSupportedError');
    }
    const video = { width: { ideal: size }, frameRate: { ideal: 30 } };
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: id ? { ...video, deviceId: { exact: id } } : { ...video, facingMode: 'user' },
    });
    const source = new CameraSource(stream);
    await source.video.play();
    return source;
  }

  constructor(stream) {
    this.live = true;
    this.name = stream.getVideoTracks()[0]?.label || 'camera';
    this.stream = stream;
    this.video = silent();
    this.video.srcObject = stream;
  }

  /** Tells when the camera is gone. */
  onEnd(listener) {
    this.stream.getVideoTracks().forEach((track) => track.addEventListener('ended', listener));
  }

  get id() {
    return this.stream.getVideoTracks()[0]?.getSettings().deviceId;
  }

  close() {
    this.stream.getTracks().forEach((track) => track.stop());
    this.video.srcObject = null;
  }

  static async list() {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter(({ kind }) => kind === 'videoinput');
  }
}

/** A video file, over and over. */
class VideoSource {
  static async open(file) {
    const source = new VideoSource(URL.createObjectURL(file), file.name);
    try {
      await source.video.play();
      if (source.video.videoWidth === 0) {
        throw new DOMException('a file without pictures', 'NotSupportedError');
      }
      return source;
    } catch (error) {
      source.close();
      throw error;
    }
  }

  constructor(address, name) {
    this.live = false;
    this.name = name;
    this.address = address;
    this.video = silent();
    this.video.loop = true;
    this.video.src = address;
  }

  onEnd() {}

  close() {
    this.video.pause();
    this.video.removeAttribute('src');
    this.video.load();
    URL.revokeObjectURL(this.address);
  }
}

/** A picture, once. */
class PictureSource {
  static async open(file) {
    return new PictureSource(await createImageBitmap(file), file.name || 'picture');
  }

  constructor(bitmap, name) {
    this.live = false;
    this.name = name;
    this.bitmap = bitmap;
  }

  onEnd() {}

  close() {
    this.bitmap.close();
  }
}

/** A file that shows a picture or a video, whatever its name says. */
async function openFile(file) {
  if (file.type.startsWith('image/')) {
    return PictureSource.open(file);
  }
  if (file.type) {
    return VideoSource.open(file);
  }
  return PictureSource.open(file).catch(() => VideoSource.open(file));
}

function silent() {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  return video;
}

export { CameraSource, cameraTrouble, openFile };
