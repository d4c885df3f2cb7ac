/** What the page of rules says; each section can be linked to by its name. */
export const rules = {
  title: 'Cómo se cuentan las reproducciones',
  intro:
    'Cada número de las listas sale de estas reglas. Pulsa un número o «¿Por qué?» para verlas aplicadas.',
  contents: 'Reglas',
  sections: [
    [
      'plays',
      'Una reproducción',
      'Un oyente escuchó una canción una vez. Las grafías que solo difieren en mayúsculas, ancho o espacios son la misma canción.',
    ],
    [
      'copies',
      'Enviada dos veces',
      'Los programas reenvían una reproducción cuando no están seguros de que llegó. Una segunda con la misma identidad, oyente y hora es un duplicado: se aparta, tenga la edad que tenga, y nunca cuenta.',
    ],
    [
      'length',
      'Demasiado corta',
      'Una reproducción cuenta cuando se escuchó al menos 30 segundos. Si el programa no dice cuánto, cuenta.',
    ],
    [
      'limit',
      'Límite por oyente',
      'De las reproducciones de una canción por un oyente en una hora y región cuentan 10 como máximo. Un fan en bucle no puede subir una canción él solo. El número es el mismo sea cual sea el orden de llegada.',
    ],
    [
      'late',
      'Reproducciones tardías',
      'Una reproducción que nos llega más de 10 minutos después del final de su hora es tardía. Cuenta igualmente, en la hora en que se escuchó.',
    ],
    [
      'sums',
      'Horas, días, mundo',
      'Se cuentan horas; un día es la suma de sus horas, y el mundo la suma de todas las regiones. Los oyentes no se pueden sumar, así que se cuentan para cada lista.',
    ],
    [
      'order',
      'Orden',
      'Más reproducciones van primero; a igual número, más oyentes; a iguales oyentes, la canción cuya última reproducción fue antes. Dos canciones nunca comparten puesto.',
    ],
    [
      'few',
      'Pocos oyentes',
      'Una canción que pocas personas escucharon en una hora o un día no se muestra ahí, ni en el mundo ni en una región, para que ninguna lista diga lo que oyó una sola persona. Tampoco cuenta en los totales. La lista dice a partir de cuántos oyentes muestra una canción.',
    ],
    [
      'movement',
      'Movimiento, mejor puesto y racha',
      'El movimiento compara con la hora o el día justo anterior. «Nueva» nunca estuvo en esta lista; «vuelve» sí, pero no justo antes. Mejor es el mejor puesto hasta ahora; una racha termina con la primera hora o el primer día sin la canción.',
    ],
    [
      'final',
      'Contando aún, definitiva, corregida',
      'Una lista es definitiva cuando está contado todo hasta 10 minutos después de su final y no ha llegado nada en 10 minutos. Lo que llega más tarde la corrige: hay una versión nueva, y la anterior se puede leer.',
    ],
    [
      'fresh',
      'Contado hasta',
      'Toda reproducción aceptada antes de esta hora está en la lista. Una lista tiene «retraso» cuando hace más de un minuto de eso y la hora o el día no han terminado.',
    ],
  ],
} as const;
