import '@testing-library/jest-dom/vitest';
import { configure as configureEvents } from '@testing-library/dom';
import { act, cleanup, configure } from '@testing-library/preact';
import { onlineManager } from '@tanstack/react-query';
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { loadPageTexts, loadTexts } from '../ui/texts/language';
import { noteShown } from '../regions/home-region';
import { FakeEventSource } from './fake-event-source';
import { FakeIntersectionObserver } from './fake-intersection-observer';
import { server } from './server';

// A busy machine takes longer than a second for the first render of a file.
configure({ asyncUtilTimeout: 20_000 });
// user-event uses another copy of @testing-library/dom, in which Preact would render some time after an event.
configureEvents({
  eventWrapper: (dispatch) => {
    let outcome: unknown;
    void act(() => {
      outcome = dispatch();
    });
    return outcome;
  },
});

const realNow = Date.now;
const YOUNG_MINUTES = 20;

/** An hour that is young shows the hour before: by the clock of the tests none is. */
function passYouth() {
  const shift = new Date().getMinutes() < YOUNG_MINUTES ? YOUNG_MINUTES * 60_000 : 0;
  vi.spyOn(Date, 'now').mockImplementation(() => realNow() + shift);
}

/** What jsdom lacks: motion, sizes, scrolling, media queries, streams of events and a screen. */
beforeEach(() => {
  // Whoever opens an address without a region has chosen the world before, unless a test says otherwise.
  localStorage.setItem('region', 'global');
  noteShown(undefined);
  passYouth();
  FakeEventSource.all = [];
  vi.stubGlobal('EventSource', FakeEventSource);
  FakeIntersectionObserver.isNear = true;
  FakeIntersectionObserver.all = [];
  vi.stubGlobal('IntersectionObserver', FakeIntersectionObserver);
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  Element.prototype.animate = vi.fn<Element['animate']>();
  vi.spyOn(window, 'scrollTo').mockReturnValue();
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(() => new DOMRect());
  window.matchMedia = vi.fn(
    (media: string) => Object.assign(new EventTarget(), { matches: false, media }) as MediaQueryList,
  );
  globalThis.ResizeObserver = class {
    observe = vi.fn();
    unobserve = vi.fn();
    disconnect = vi.fn();
  };
});

beforeAll(async () => {
  server.listen({ onUnhandledRequest: 'error' });
  await Promise.all([loadTexts('en'), loadPageTexts('en')]);
});
afterEach(async () => {
  // Preact runs the clean-up of effects after the next paint: by then the last test's window is gone.
  await act(cleanup);
  server.resetHandlers();
  onlineManager.setOnline(true);
  localStorage.clear();
});
afterAll(() => server.close());
