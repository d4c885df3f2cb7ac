/** Neighbouring places form one line; a gap parts two. */
export const linePath = (points: ([x: number, y: number] | null)[]) =>
  points
    .map((point, place) => {
      if (!point) return '';
      return `${place > 0 && points[place - 1] ? 'L' : 'M'}${point[0].toFixed(1)} ${point[1].toFixed(1)}h0`;
    })
    .join('');
