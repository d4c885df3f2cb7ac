import { render } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { RankPath } from './rank-path';

const drawn = (ranks: (number | null)[]) => {
  const { container } = render(<RankPath ranks={ranks} />);
  return {
    line: container.querySelector('path')?.getAttribute('d') ?? '',
    end: container.querySelector('circle'),
  };
};

describe('the line of a song’s last ranks', () => {
  it('has rank 1 on top and the newest window at its end', () => {
    const { line, end } = drawn([10, 1]);
    expect(line).toBe('M3.0 19.0h0L69.0 3.0h0');
    expect([end?.getAttribute('cx'), end?.getAttribute('cy')]).toEqual(['69', '3']);
  });

  it('is parted where the song was not on the chart', () => {
    const { line } = drawn([2, null, 3, 2]);
    expect(line.match(/M/g)).toHaveLength(2);
    expect(line.match(/L/g)).toHaveLength(1);
  });

  it('is a point where there is one window only', () => {
    const { line, end } = drawn([null, null, 7]);
    expect(line).toMatch(/^M69\.0 /);
    expect(end).not.toBeNull();
  });

  it('says nothing to a screen reader', () => {
    const { container } = render(<RankPath ranks={[1, 2]} />);
    expect(container.querySelector('svg')).toHaveAttribute('aria-hidden', 'true');
  });
});
