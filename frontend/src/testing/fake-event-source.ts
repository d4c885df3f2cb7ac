import { act } from '@testing-library/preact';

/** Stands for the browser's stream of server-sent events; a test says what happens to it. */
export class FakeEventSource {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSED = 2;
  static all: FakeEventSource[] = [];

  readyState = FakeEventSource.CONNECTING;
  onopen?: () => void;
  onmessage?: () => void;
  onerror?: () => void;

  constructor(readonly url: string) {
    FakeEventSource.all.push(this);
  }

  /** Those that the app has not closed. */
  static get following() {
    return FakeEventSource.all.filter(({ readyState }) => readyState !== FakeEventSource.CLOSED);
  }

  close() {
    this.readyState = FakeEventSource.CLOSED;
  }

  connect() {
    this.readyState = FakeEventSource.OPEN;
    act(() => this.onopen?.());
  }

  tell() {
    act(() => this.onmessage?.());
  }

  lose() {
    this.readyState = FakeEventSource.CONNECTING;
    act(() => this.onerror?.());
  }

  refuse() {
    this.readyState = FakeEventSource.CLOSED;
    act(() => this.onerror?.());
  }
}
