// Functions that Brian2 and numpy lack, as a script declares them.
import type { Helper } from "./expressions.ts";

/** Of choices both values are computed and one is taken, so that what is no number in the other does no harm. */
export const HELPERS: Readonly<Record<Helper, string>> = {
  choose: `@implementation("cpp", "inline double choose(double condition, double a, double b) { return condition != 0 ? a : b; }")
@implementation("cython", "cdef double choose(double condition, double a, double b):\\n    return a if condition != 0 else b")
@check_units(condition=1, a=None, b=None, result=lambda condition, a, b: a)
def choose(condition, a, b):
    """a where the condition is 1, b where it is 0."""
    return np.where(condition != 0, a, b)`,
  positive: `@implementation("cpp", "inline double positive(double x) { return x > 0 ? 1 : 0; }")
@implementation("cython", "cdef double positive(double x):\\n    return 1 if x > 0 else 0")
@check_units(x=None, result=1)
def positive(x):
    """1 where x is above 0, else 0."""
    return np.where(x > 0, 1.0, 0.0)`,
  minimum: `@implementation("cpp", "inline double minimum(double a, double b) { return b < a ? b : a; }")
@implementation("cython", "cdef double minimum(double a, double b):\\n    return b if b < a else a")
@check_units(a=None, b=None, result=lambda a, b: a)
def minimum(a, b):
    """The smaller of two."""
    return np.minimum(a, b)`,
  maximum: `@implementation("cpp", "inline double maximum(double a, double b) { return b > a ? b : a; }")
@implementation("cython", "cdef double maximum(double a, double b):\\n    return b if b > a else a")
@check_units(a=None, b=None, result=lambda a, b: a)
def maximum(a, b):
    """The larger of two."""
    return np.maximum(a, b)`,
};

export const LOGNORMAL = `def lognormal_of(mean, sd, size):
    """Lognormal numbers of this mean and standard deviation, their own and not those of the logarithm."""
    variance = np.log1p((sd/mean)**2)
    return np.random.lognormal(np.log(mean) - variance/2, np.sqrt(variance), size)`;

export const BETWEEN = `def between(low, high, draw, size):
    """Numbers of draw(n), drawn again while they lie outside of the bounds."""
    values = np.asarray(draw(size), dtype=float)
    while True:
        outside = np.flatnonzero((values < low) | (values > high))
        if len(outside) == 0:
            return values
        values[outside] = draw(len(outside))`;
