# Reference values for test/measures: every measure once more, by other means than src/ has (numpy, scipy, brute force on fine grids,
# full dynamic programming, adaptive quadrature). Run: python3 reference.py > reference.json
import json
import numpy as np
from scipy import integrate, signal, stats

rng = np.random.default_rng(20250101)
FROM, UNTIL = 0.0, 1000.0


def poisson(rate):
    return np.sort(rng.uniform(FROM, UNTIL, rng.poisson(rate * (UNTIL - FROM) / 1000)))


def gamma(rate, shape, jitter=0.0):
    isi = rng.gamma(shape, 1000 / rate / shape, int(3 * rate) + 20)
    t = np.cumsum(isi)
    return np.sort(t[(t > FROM) & (t < UNTIL)])


base = gamma(25, 4)
trains = {
    "poisson": poisson(30),
    "gamma": base,
    "jittered": np.clip(np.sort(base + rng.normal(0, 3, len(base))), FROM, UNTIL),
    "thinned": base[rng.uniform(size=len(base)) > 0.3],
    "bursting": np.sort(np.concatenate([b + np.cumsum(rng.uniform(2, 5, rng.integers(1, 6))) for b in rng.uniform(20, 950, 12)])),
    "few": np.array([100.0, 350.0, 720.0]),
    "one": np.array([400.0]),
    "none": np.array([]),
    "edges": np.array([0.0, 250.0, 600.0, 1000.0]),
}
trains = {k: np.round(v, 6) for k, v in trains.items()}


def of_train(t):
    isi = np.diff(t)
    out = {"rate": len(t) / (UNTIL - FROM) * 1000}
    out["latency"] = float(t[0] - FROM) if len(t) else None
    out["cv_isi"] = float(stats.variation(isi)) if len(isi) >= 3 else None
    if len(isi) >= 2:
        a, b = isi[:-1], isi[1:]
        out["cv2"] = float(np.mean(2 * abs(b - a) / (a + b)))
        out["lv"] = float(3 / (len(isi) - 1) * np.sum(((a - b) / (a + b)) ** 2))
        out["lvr"] = float(3 / (len(isi) - 1) * np.sum((1 - 4 * a * b / (a + b) ** 2) * (1 + 4 * 5.0 / (a + b))))
        out["adaptation"] = float(np.mean((b - a) / (b + a)))
    else:
        out |= {"cv2": None, "lv": None, "lvr": None, "adaptation": None}
    short = isi < 6
    flags = np.concatenate([[False], short]) | np.concatenate([short, [False]]) if len(t) else np.array([])
    out["burst_index"] = float(np.mean(flags)) if len(t) else None
    counts, _ = np.histogram(-t, bins=np.linspace(-1000, 0, 11))
    out["fano"] = float(np.var(counts) / np.mean(counts)) if counts.sum() else None
    return out


def van_rossum(a, b, tau):
    dt = lambda x, y: np.sum(np.exp(-np.abs(x[:, None] - y[None, :]) / tau))
    return float(np.sqrt(max(0.0, 0.5 * (dt(a, a) + dt(b, b) - 2 * dt(a, b)))))


def victor_purpura(a, b, q):
    g = np.zeros((len(a) + 1, len(b) + 1))
    g[:, 0] = np.arange(len(a) + 1)
    g[0, :] = np.arange(len(b) + 1)
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            g[i, j] = min(g[i - 1, j] + 1, g[i, j - 1] + 1, g[i - 1, j - 1] + q * abs(a[i - 1] - b[j - 1]))
    return float(g[-1, -1])


def gamma_factor(model, ref, delta):
    # the largest matching, by bipartite assignment instead of a greedy walk
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import maximum_bipartite_matching
    if len(model) + len(ref) == 0:
        return None
    n = 0
    if len(model) and len(ref):
        near = csr_matrix((np.abs(model[:, None] - ref[None, :]) <= delta).astype(int))
        n = int(np.sum(maximum_bipartite_matching(near, perm_type="column") >= 0))
    nu = len(model) / (UNTIL - FROM)
    return float((n - 2 * nu * delta * len(ref)) / (0.5 * (len(model) + len(ref))) / (1 - 2 * nu * delta))


def edged(t):
    t = np.unique(t)
    if len(t) == 0:
        t = np.array([FROM, UNTIL])
    lo = min(FROM, 2 * t[0] - t[1]) if len(t) > 1 else FROM
    hi = max(UNTIL, 2 * t[-1] - t[-2]) if len(t) > 1 else UNTIL
    return t, lo, hi


def profile(a, b):
    # values of both distances at a time, straight from the definitions: previous and next spike, nearest spike of the other
    (sa, la, ha), (sb, lb, hb) = edged(a), edged(b)

    def near(s, own, other, lo, hi):
        real = min(max(s, own[0]), own[-1])  # an auxiliary spike is as far away as the first or last spike
        return np.min(np.abs(np.concatenate([other, [lo, hi]]) - real))

    def at(t):
        parts = []
        for own, lo, hi, other, olo, ohi in ((sa, la, ha, sb, lb, hb), (sb, lb, hb, sa, la, ha)):
            p = own[own <= t].max() if (own <= t).any() else lo
            f = own[own > t].min() if (own > t).any() else hi
            dp, df = near(p, own, other, olo, ohi), near(f, own, other, olo, ohi)
            parts.append((f - p, (dp * (f - t) + df * (t - p)) / (f - p)))
        (i1, s1), (i2, s2) = parts
        return abs(i1 - i2) / max(i1, i2), (s1 * i2 + s2 * i1) / (2 * ((i1 + i2) / 2) ** 2)

    return at


def kreuz(a, b):
    at = profile(a, b)
    cuts = np.unique(np.concatenate([a, b, [FROM, UNTIL]]))
    x, w = np.polynomial.legendre.leggauss(4)
    isi = spike = 0.0
    for lo, hi in zip(cuts[:-1], cuts[1:]):
        for xi, wi in zip(x, w):
            i, s = at(lo + (hi - lo) * (xi + 1) / 2)
            isi += wi * (hi - lo) / 2 * i
            spike += wi * (hi - lo) / 2 * s
    return float(isi / (UNTIL - FROM)), float(spike / (UNTIL - FROM))


def smooth(t, sigma, dt=0.1):
    grid = FROM + (np.arange(int((UNTIL - FROM) / dt)) + 0.5) * dt
    return np.exp(-0.5 * ((grid[:, None] - t[None, :]) / sigma) ** 2).sum(1) if len(t) else 0 * grid


def ev(x, y):
    d = np.var(x - y)
    return 1.0 if d == 0 else (np.var(x) + np.var(y) - d) / (np.var(x) + np.var(y))


names = list(trains)
pairs = []
for m in names:
    for r in names:
        a, b = trains[m], trains[r]
        isi, spike = kreuz(a, b)
        pairs.append({
            "model": m, "reference": r, "van_rossum": van_rossum(a, b, 10.0), "victor_purpura": victor_purpura(a, b, 0.1),
            "victor_purpura_slow": victor_purpura(a, b, 0.004), "coincidence": gamma_factor(a, b, 2.0), "isi_distance": isi, "spike_distance": spike,
            "explained_variance": float(ev(smooth(a, 10.0), smooth(b, 10.0))) if len(a) + len(b) else None,
        })

repeats = [np.round(np.clip(np.sort(base + rng.normal(0, 5, len(base))), FROM, UNTIL), 6) for _ in range(5)]
models = [np.round(base + 1.0, 6), np.round(np.sort(base + rng.normal(0, 2, len(base))), 6)]
sd, sm = [smooth(t, 10.0) for t in repeats], [smooth(t, 10.0) for t in models]
pw = np.mean([ev(x, y) for x in sm for y in sd])
self_ev = np.mean([ev(np.mean(sd, axis=0), y) for y in sd])

# a population: 40 noisy oscillators, partly locked
pop = []
for i in range(40):
    period = 40 + 0.2 * i
    pop.append(np.round(np.sort(np.clip(np.cumsum(rng.normal(period, 2, 40)) % 1e9 + rng.normal(0, 3), 0, 1e9)), 6))
pop = [t[(t >= FROM) & (t <= UNTIL)] for t in pop]
grid = FROM + np.arange(1001) * 1.0
ph = np.full((40, len(grid)), np.nan)
for i, t in enumerate(pop):
    k = np.searchsorted(t, grid, side="right") - 1
    ok = (k >= 0) & (k < len(t) - 1)
    ph[i, ok] = 2 * np.pi * (grid[ok] - t[k[ok]]) / (t[k[ok] + 1] - t[k[ok]])
keep = np.sum(~np.isnan(ph), axis=0) >= 20
z = np.exp(1j * ph[:, keep])
R = np.mean(np.abs(np.nanmean(z, axis=0)))
import warnings
warnings.simplefilter("ignore")
Z = [np.nanmean(np.abs(np.nanmean(z[[(k + d) % 40 for d in range(-5, 6)]], axis=0))) for k in range(40)]
pooled = np.sort(np.concatenate(pop))
# bins (k, k + 1] ms, the first with its left edge
k = np.maximum(0, np.ceil(pooled - FROM) - 1).astype(int)
rate = np.bincount(k, minlength=1000)[:1000] * 1000.0 / 40
spec = {}
for seg in (1000, 250, 301, 256):
    f, p = signal.welch(rate, fs=1000.0, window="hann", nperseg=seg, noverlap=seg // 2, detrend="constant", scaling="density")
    spec[str(seg)] = {"x": f.tolist(), "y": p.tolist()}
k3 = np.maximum(0, np.ceil((pooled - FROM) / 3) - 1).astype(int)
c3 = np.bincount(k3, minlength=334)[:333]

t = np.arange(0, 200, 0.5)
volts = [-65 + 5 * np.sin(2 * np.pi * t / 40 + 0.15 * i) + rng.normal(0, 1, len(t)) for i in range(6)]
volts = [np.round(v, 6) for v in volts]
V = np.array(volts)
spk = [30.25, 90.0, 171.1]
away = np.all([(t < s - 5) | (t > s + 10) for s in spk], axis=0)
fine_t = np.arange(0, 200, 0.2)
fine_v = np.round(np.interp(fine_t, t, volts[1]) + 0.1 * np.sin(fine_t), 6)
inside = t <= fine_t[-1]
on = np.interp(t, fine_t, fine_v)
ref = volts[0]


def rmse(mask):
    return float(np.sqrt(np.mean((ref[mask] - on[mask]) ** 2)))


x = rng.normal(3, 2, 20)
y = x + rng.normal(0.5, 0.3, 20)
ci = stats.t.interval(0.95, 19, loc=x.mean(), scale=x.std(ddof=1) / np.sqrt(20))
cid = stats.t.interval(0.95, 19, loc=(x - y).mean(), scale=(x - y).std(ddof=1) / np.sqrt(20))


def student(c, d):
    # to 30 digits: P(|T| < t) is a regularized incomplete beta function
    import mpmath
    mpmath.mp.dps = 30
    p = lambda t: mpmath.betainc(mpmath.mpf(1) / 2, mpmath.mpf(d) / 2, 0, t * t / (d + t * t), regularized=True) - mpmath.mpf(str(c))
    return float(mpmath.findroot(p, float(stats.t.ppf(0.5 + c / 2, d))))


json.dump({
    "how": "test/measures/reference.py, numpy %s, scipy %s" % (np.__version__, __import__("scipy").__version__),
    "from": FROM, "until": UNTIL,
    "trains": {n: {"times": t.tolist(), **of_train(t)} for n, t in trains.items()},
    "pairs": pairs,
    "repeats": {"models": [t.tolist() for t in models], "references": [t.tolist() for t in repeats], "explained_variance": float(pw), "explained_variance_ratio": float(pw / self_ev)},
    "population": {"trains": [t.tolist() for t in pop], "synchrony": float(np.var(c3) / np.mean(c3)), "kuramoto": float(R), "kuramoto_local": [float(v) for v in Z],
                   "phase_velocity": [2000 * np.pi * (len(t) - 1) / (t[-1] - t[0]) for t in pop], "spectrum": spec},
    "traces": {"t": t.tolist(), "y": [v.tolist() for v in volts], "chi_squared": float(np.var(V.mean(0)) / np.mean(np.var(V, axis=1))), "mean": float(ref.mean()), "sd": float(ref.std()),
               "spikes": spk, "model": {"t": fine_t.tolist(), "y": fine_v.tolist()}, "rmse": rmse(inside), "subthreshold_rmse": rmse(inside & away),
               "explained_variance": float(1 - np.var(ref[inside & away] - on[inside & away]) / np.var(ref[inside & away]))},
    "seeds": {"x": x.tolist(), "y": y.tolist(), "mean": x.mean(), "sd": x.std(ddof=1), "interval": list(ci), "paired": {"mean": (x - y).mean(), "interval": list(cid)}},
    "student": [{"confidence": c, "degrees": d, "t": student(c, d)} for c in (0.5, 0.9, 0.95, 0.99, 0.9999) for d in (1, 2, 3, 4, 9, 19, 30, 99, 1000, 1001, 5000)],
}, __import__("sys").stdout)
