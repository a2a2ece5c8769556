// A spike's upstroke that runs to infinity inside one step, as that of an exponential integrate-and-fire neuron does.

/**
 * Steps the state `y` on from t in ever shorter substeps, halved while the result is not finite, until the spike condition holds.
 * The state is then that just after the crossing, and the answer true; false where no crossing is found before t + dt: the values diverge.
 */
export function crossByHalving(
  substep: (t: number, h: number, y: Float64Array) => void,
  fires: (t: number, y: Float64Array) => boolean,
  t: number,
  dt: number,
  y: Float64Array,
): boolean {
  const trial = new Float64Array(y.length);
  const shortest = dt / 1099511627776; // 2^40
  let done = 0;
  let h = dt / 2;
  while (h >= shortest && done < dt) {
    trial.set(y);
    substep(t + done, h, trial);
    if (trial.every(Number.isFinite)) {
      y.set(trial);
      done += h;
      if (fires(t + done, y)) return true;
    } else {
      h /= 2;
    }
  }
  return false;
}
