const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });

/** A count with the viewer's own thousands separators. */
export const formatCount = (count: number) => whole.format(count);
