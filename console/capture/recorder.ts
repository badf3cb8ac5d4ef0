// Records speech in the browser's memory: nothing of it is kept on the tablet.
import { ApiError } from '../api-error.ts';

/** Longer recordings are cut off: they would not be taken. */
const longestSeconds = 180;
const kinds = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];

export class Recorder {
  readonly #stream: MediaStream;
  readonly #recorder: MediaRecorder;
  readonly #parts: Blob[] = [];
  readonly #cut: number;

  private constructor(stream: MediaStream) {
    this.#stream = stream;
    const mimeType = kinds.find((kind) => MediaRecorder.isTypeSupported(kind));
    this.#recorder = new MediaRecorder(stream, mimeType === undefined ? {} : { mimeType });
    this.#recorder.addEventListener('dataavailable', ({ data }) => this.#parts.push(data));
    this.#recorder.start(1000);
    this.#cut = window.setTimeout(() => this.#silence(), longestSeconds * 1000);
  }

  static get canRecord(): boolean {
    return isSecureContext && 'mediaDevices' in navigator && typeof MediaRecorder !== 'undefined';
  }

  /** Asks the person for the microphone. Throws an ApiError in plain words where it is refused or missing. */
  static async begin(): Promise<Recorder> {
    try {
      return new Recorder(await navigator.mediaDevices.getUserMedia({ audio: true }));
    } catch {
      throw new ApiError(0, 'microphone', 'The microphone cannot be used.', 'Allow it for this page, or type.', null);
    }
  }

  /** The recording as base64, with its kind. */
  async end(): Promise<{ readonly mediaType: string; readonly audio: string }> {
    if (this.#recorder.state !== 'inactive') {
      const stopped = new Promise((resolve) => this.#recorder.addEventListener('stop', resolve, { once: true }));
      this.#silence();
      await stopped;
    }
    const bytes = new Uint8Array(await new Blob(this.#parts).arrayBuffer());
    if (bytes.length === 0) throw new ApiError(0, 'nothing', 'Nothing was recorded.', 'Record again, or type.', null);
    let text = '';
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return { mediaType: this.#recorder.mimeType.split(';')[0] ?? 'audio/webm', audio: btoa(text) };
  }

  drop(): void {
    this.#silence();
  }

  #silence(): void {
    window.clearTimeout(this.#cut);
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
    for (const track of this.#stream.getTracks()) track.stop();
  }
}
