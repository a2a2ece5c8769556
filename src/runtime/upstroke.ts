// A spike's upstroke that runs to infinity inside one step, as that of an exponential integrate-and-fire neuron does, or too steep for one step.

/** Two half steps that end further than this part of their way from where the whole step ends say that it is too long. */
const SAME_END = 0.1;
/** Substeps are halved down to this part of the step; where the result is not even finite then, */
const SHORT_SUBSTEP = 2 ** -60;
/** down to this part. */
const SHORTEST_SUBSTEP = 2 ** -200;
/** Substeps that have crossed before one is taken: of a gentle slope, short ones come to nothing in a double. */
const MOST_CROSSED = 64;
/** More substeps than this: no crossing is found. */
const MOST_HALVINGS = 5000;

/**
 * Cuts the step of the state `y` from t to t + dt at the crossing, where the step leaves the numbers or is too long for the upstroke in it: see `crossByHalving`.
 * False where nothing is cut; y is of no use then.
 */
export function cutUpstroke(
  substep: (t: number, h: number, y: Float64Array) => void,
  fires: (t: number, y: Float64Array) => boolean,
  t: number,
  dt: number,
  y: Float64Array,
): boolean {
  const whole = y.slice(),
    halves = y.slice();
  substep(t, dt, whole);
  substep(t, dt / 2, halves);
  substep(t + dt / 2, dt / 2, halves);
  const resolved = whole.every((end, k) => {
    const there = halves[k] as number,
      way = Math.abs(there - (y[k] as number));
    return (
      Number.isFinite(end) && Number.isFinite(there) && Math.abs(end - there) <= SAME_END * way + 1e-9 * Math.abs(end)
    );
  });
  return !resolved && crossByHalving(substep, fires, t, dt, y);
}

/**
 * Steps the state `y` on from t in ever shorter substeps, halved while the result is not finite or the spike condition holds, so that it comes as near to the crossing
 * as numbers allow. The state is then that just after the crossing, and the answer true; false where no crossing is found before t + dt: the values diverge.
 */
export function crossByHalving(
  substep: (t: number, h: number, y: Float64Array) => void,
  fires: (t: number, y: Float64Array) => boolean,
  t: number,
  dt: number,
  y: Float64Array,
): boolean {
  const trial = new Float64Array(y.length);
  let done = 0,
    h = dt / 2,
    inARow = 0,
    crossed = 0;
  for (let substeps = 0; substeps < MOST_HALVINGS && done < dt; substeps++) {
    trial.set(y);
    substep(t + done, h, trial);
    const finite = trial.every(Number.isFinite);
    if (finite && !fires(t + done + h, trial)) {
      y.set(trial);
      done += h;
      // What leaves the numbers in a long substep may not in short ones.
      h = Math.min(++inARow > 2 ? 2 * h : h, dt - done);
      continue;
    }
    inARow = 0;
    if (finite && (++crossed > MOST_CROSSED || h <= SHORT_SUBSTEP * dt)) {
      y.set(trial);
      return true;
    }
    if (h <= SHORTEST_SUBSTEP * dt) return false;
    h /= 2;
  }
  return false;
}
