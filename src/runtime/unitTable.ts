// The table of units, all there is to say of each in one row: the compiler, its suggestions and emitted programs read it. Nothing in it is rounded.

export interface UnitRow {
  /** Spellings of the one unit. */
  readonly names: string;
  /** One of it in units of the SI, exactly: a decimal, or a quotient of two. No π: an irrational number is none of these. */
  readonly si: string;
  /** Exponents over length, mass, time, current, temperature, amount, luminosity. */
  readonly of: readonly number[];
  /** It takes no prefix. */
  readonly alone?: true;
  /** Where its zero lies (K); for absolute temperatures only. */
  readonly zero?: string;
  /** What people write in its place: words, in small letters, a longer one before a shorter that it ends in. */
  readonly words?: string;
  /** Its spellings of daily use, with prefixes: suggested before others. */
  readonly usual?: string;
}

export const UNITS: readonly UnitRow[] = [
  { names: "V", si: "1", of: [2, 1, -3, -1], words: "volts volt", usual: "mV V uV" },
  { names: "A", si: "1", of: [0, 0, 0, 1], words: "amperes ampere amps amp", usual: "pA nA uA mA A" },
  { names: "S", si: "1", of: [-2, -1, 3, 2], words: "siemens mhos mho", usual: "nS pS uS mS S" },
  { names: "F", si: "1", of: [-2, -1, 4, 2], words: "farads farad", usual: "pF nF uF F" },
  { names: "s", si: "1", of: [0, 0, 1], words: "seconds second secs sec", usual: "ms s us" },
  { names: "Hz Bq", si: "1", of: [0, 0, -1], words: "hertz", usual: "Hz kHz" },
  {
    names: "Ω \u2126 ohm Ohm",
    si: "1",
    of: [2, 1, -3, -2],
    words: "ohms ohm",
    usual: "GΩ MΩ kΩ Ω Gohm Mohm kohm ohm",
  },
  { names: "C", si: "1", of: [0, 0, 1, 1], words: "coulombs coulomb", usual: "fC pC nC C" },
  { names: "m", si: "1", of: [1], words: "meters meter metres metre", usual: "um cm mm nm m" },
  { names: "g", si: "1e-3", of: [0, 1], words: "grams gram" },
  { names: "M", si: "1e3", of: [-3, 0, 0, 0, 0, 1], words: "molar", usual: "mM uM nM M" },
  { names: "mol", si: "1", of: [0, 0, 0, 0, 0, 1], words: "moles mole", usual: "mol" },
  { names: "L l", si: "1e-3", of: [3], words: "liters liter litres litre" },
  { names: "kat", si: "1", of: [0, 0, -1, 0, 0, 1] },
  { names: "min", si: "60", of: [0, 0, 1], alone: true, words: "minutes minute mins", usual: "min" },
  { names: "h", si: "3600", of: [0, 0, 1], alone: true, words: "hours hour hrs hr", usual: "h" },
  { names: "day", si: "86400", of: [0, 0, 1], alone: true, words: "days", usual: "day" },
  { names: "K", si: "1", of: [0, 0, 0, 0, 1], words: "kelvins kelvin", usual: "K" },
  {
    names: "degC",
    si: "1",
    of: [0, 0, 0, 0, 1],
    alone: true,
    zero: "273.15",
    words: "celsius \u00B0c \u2103",
    usual: "degC",
  },
  { names: "%", si: "1e-2", of: [], alone: true, words: "percent", usual: "%" },
  { names: "rad sr", si: "1", of: [] },
  { names: "N", si: "1", of: [1, 1, -2], words: "newtons newton" },
  { names: "Pa", si: "1", of: [-1, 1, -2], words: "pascals pascal" },
  { names: "J", si: "1", of: [2, 1, -2], words: "joules joule" },
  { names: "W", si: "1", of: [2, 1, -3], words: "watts watt" },
  { names: "Wb", si: "1", of: [2, 1, -2, -1] },
  { names: "T", si: "1", of: [0, 1, -2, -1], words: "teslas tesla" },
  { names: "H", si: "1", of: [2, 1, -2, -2] },
  { names: "cd lm", si: "1", of: [0, 0, 0, 0, 0, 0, 1] },
  { names: "lx", si: "1", of: [-2, 0, 0, 0, 0, 0, 1] },
  { names: "Gy Sv", si: "1", of: [2, 0, -2] },
  // By the definition of the SI: e times a volt. Of a calorie, the thermochemical one.
  { names: "eV", si: "1.602176634e-19", of: [2, 1, -2], words: "electronvolts electronvolt", usual: "eV" },
  { names: "cal", si: "4.184", of: [2, 1, -2], words: "calories calorie", usual: "cal kcal" },
  // The conventional millimetre of mercury, 13.5951 times 9.80665 Pa; a torr is 1/760 of an atmosphere.
  { names: "mmHg", si: "133.322387415", of: [-1, 1, -2], alone: true, usual: "mmHg" },
  { names: "Torr", si: "101325/760", of: [-1, 1, -2], usual: "Torr" },
  { names: "atm", si: "101325", of: [-1, 1, -2], alone: true, words: "atmospheres atmosphere", usual: "atm" },
  { names: "Å \u212B", si: "1e-10", of: [1], alone: true, words: "angstroms angstrom \u00E5ngstr\u00F6m", usual: "Å" },
  // Measured: the value that CODATA recommends, of 2022.
  { names: "Da", si: "1.66053906892e-27", of: [0, 1], words: "daltons dalton amu", usual: "kDa Da" },
];

/** With their powers of ten and their words; u and two signs of Unicode stand for µ. */
export const PREFIXES: readonly (readonly [prefix: string, ten: number, words?: string])[] = [
  ["m", -3, "milli"],
  ["u", -6, "micro"],
  ["n", -9, "nano"],
  ["p", -12, "pico"],
  ["k", 3, "kilo"],
  ["M", 6, "mega meg"],
  ["G", 9, "giga"],
  ["f", -15, "femto"],
  ["a", -18, "atto"],
  ["c", -2, "centi"],
  ["d", -1, "deci"],
  ["\u00B5", -6],
  ["\u03BC", -6],
  ["da", 1],
  ["h", 2],
  ["T", 12],
  ["P", 15],
  ["E", 18],
  ["Z", 21],
  ["Y", 24],
  ["R", 27],
  ["Q", 30],
  ["z", -21],
  ["y", -24],
  ["r", -27],
  ["q", -30],
];

/** The longest symbol there is, in UTF-16 code units; what is longer need not be looked up. */
export const LONGEST_SYMBOL = 8;

/** The canonical unit of each base dimension as a power of ten of the SI's (kg for mass): µm, 1e-12 kg, ms, pA, K, amol, cd. The mass makes the voltage mV. */
export const CANONICAL_TENS: readonly number[] = [-6, -12, -3, -12, 0, -18, 0];
