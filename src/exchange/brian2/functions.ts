// Functions that Brian2 and numpy lack, as a script declares them.

/** Both values are computed and one is taken, so that what is no number in the other does no harm. */
export const CHOOSE = `@implementation("cpp", "inline double choose(int c, double a, double b) { return c ? a : b; }")
@implementation("cython", "cdef double choose(int c, double a, double b):\\n    return a if c else b")
@check_units(condition=bool, a=None, b=None, result=lambda condition, a, b: a)
def choose(condition, a, b):
    """a where the condition is true, else b."""
    return np.where(condition, a, b)`;

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
