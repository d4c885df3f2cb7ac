/** What the page about the site says. */
export const about = {
  title: 'Acerca de Top Songs',
  intro: 'Lo más escuchado por región, hora y día, segundos después de sonar.',
  sections: [
    [
      'sources',
      'De dónde salen los números',
      'Cada número se cuenta a partir de las reproducciones que aplicaciones de música, scrobblers e importaciones envían a este sitio. Nada se estima, se pondera ni se compra. Nunca se publica quién escuchó.',
    ],
    [
      'sure',
      'Hasta qué punto son seguros',
      'Una hora se cuenta mientras transcurre y otra vez, a partir de lo guardado, cuando ha terminado. Ambos recuentos deben coincidir. Una lista que cambia más tarde lo dice, y cada versión anterior se puede leer.',
    ],
    [
      'cite',
      'Cómo citar una lista',
      'Usa Compartir y luego «Copiar enlace a esta hora» o «Copiar enlace a este día»: ese enlace muestra siempre la misma lista. Nombra Top Songs, la región y la hora en UTC.',
    ],
    [
      'licence',
      'Licencia',
      'El software tiene la licencia Apache 2.0. Cómo se pueden usar los números de este sitio lo dicen quienes lo gestionan.',
    ],
  ],
} as const;
