export const GLOBAL = 'global';

/** The region that an address names, in the api's case; undefined for none. */
export const parseRegion = (value: unknown) => {
  if (typeof value !== 'string' || value === '') return undefined;
  return value.toLowerCase() === GLOBAL ? GLOBAL : value.toUpperCase();
};
