import { act } from '@testing-library/preact';

/** Stands for the browser's: everything is near the screen, unless a test says that it is far. */
export class FakeIntersectionObserver {
  static isNear = true;
  static all: FakeIntersectionObserver[] = [];

  constructor(private readonly tell: (entries: { isIntersecting: boolean }[]) => void) {
    FakeIntersectionObserver.all.push(this);
  }

  static scrollThere() {
    act(() => FakeIntersectionObserver.all.forEach(({ tell }) => tell([{ isIntersecting: true }])));
  }

  observe() {
    this.tell([{ isIntersecting: FakeIntersectionObserver.isNear }]);
  }

  disconnect() {
    FakeIntersectionObserver.all = FakeIntersectionObserver.all.filter((other) => other !== this);
  }
}
