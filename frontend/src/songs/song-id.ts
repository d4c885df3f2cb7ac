/** Whether a text from an address can be a song's identity. */
export const isSongId = (value: unknown): value is string =>
  typeof value === 'string' && /^s\d_[0-9a-f]{16}$/.test(value);
