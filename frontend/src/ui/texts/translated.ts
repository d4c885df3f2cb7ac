/** The same keys and the same arguments, in whichever language. */
export type Translated<T> = T extends string
  ? string
  : T extends (...asked: infer Asked) => string
    ? (...asked: Asked) => string
    : { readonly [Key in keyof T]: Translated<T[Key]> };
