// Measures of pairs of successive intervals, which slow changes of the rate leave alone: CV2, LV, LvR and the adaptation index.
import { intervals } from "./train.ts";
import type { SpikeTrain } from "./train.ts";

/** CV2 = mean of 2|I' - I|/(I' + I): Holt, Softky, Koch & Douglas 1996. Null with fewer than 2 intervals. */
export function cv2(train: SpikeTrain): number | null {
  return meanOverPairs(train, (one, next) => (2 * Math.abs(next - one)) / (next + one));
}

/** LV = mean of 3((I - I')/(I + I'))²: Shinomoto, Shima & Tanji 2003. Null with fewer than 2 intervals. */
export function lv(train: SpikeTrain): number | null {
  return meanOverPairs(train, (one, next) => 3 * ((one - next) / (one + next)) ** 2);
}

/** LvR = mean of 3(1 - 4 I I'/(I + I')²)(1 + 4R/(I + I')), R `refractoriness` (ms): Shinomoto et al. 2009. Null with fewer than 2 intervals. */
export function lvr(train: SpikeTrain, refractoriness: number): number | null {
  // 1 - 4 I I'/(I + I')² is ((I - I')/(I + I'))², which keeps its digits where the intervals are alike.
  return meanOverPairs(
    train,
    (one, next) => 3 * ((one - next) / (one + next)) ** 2 * (1 + (4 * refractoriness) / (one + next)),
  );
}

/** Mean of (I' - I)/(I' + I): the adaptation index of the Allen Cell Types Database. Null with fewer than 2 intervals. */
export function adaptation(train: SpikeTrain): number | null {
  return meanOverPairs(train, (one, next) => (next - one) / (next + one));
}

/** Two intervals of 0 say nothing about their ratio and are left out. */
function meanOverPairs(train: SpikeTrain, of: (one: number, next: number) => number): number | null {
  const all = intervals(train);
  let [sum, pairs] = [0, 0];
  for (let k = 1; k < all.length; k++) {
    const [one, next] = [all[k - 1] ?? 0, all[k] ?? 0];
    if (one + next === 0) continue;
    sum += of(one, next);
    pairs++;
  }
  return pairs > 0 ? sum / pairs : null;
}
