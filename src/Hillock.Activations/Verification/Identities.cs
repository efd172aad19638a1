namespace Hillock.Activations.Verification;

/// <summary>What holds of a function exactly, whatever the rounding: bounds, symmetries, values at 0; and sums that hold to the last unit.</summary>
internal static class Identities
{
    /// <summary>At how many points a failure is looked into.</summary>
    private const int Judged = 64;

    /// <summary>A test at one point: x, f(x), f(-x) and a unit of 1 in the last place.</summary>
    private delegate bool Test(double x, double value, double mirrored, double unit);

    private static readonly double[] Probes = [0.3, 1.7, 2.9, 5.5, 11];

    // By the names of elementary functions and activations; a function of one's own has what its symmetry gives.
    private static readonly Dictionary<string, (string Statement, Test Holds)[]> Known = new()
    {
        ["exp"] = [At("exp(±0) = 1", 0, 1), ("exp(x) ≥ 0", (x, y, _, _) => y >= 0)],
        ["expm1"] = [KeepsZero("expm1"), ("expm1(x) ≥ -1", (x, y, _, _) => y >= -1)],
        ["log"] = [At("log(1) = 0", 1, 0)],
        ["log1p"] = [KeepsZero("log1p")],
        ["tanh"] = [KeepsZero("tanh"), Within("|tanh(x)| ≤ 1", -1, 1)],
        ["sigmoid"] =
        [
            At("sigmoid(±0) = ½", 0, 0.5),
            Within("0 ≤ sigmoid(x) ≤ 1", 0, 1),
            ("sigmoid(x) + sigmoid(-x) = 1 to a unit", (x, y, m, unit) => Math.Abs(y + m - 1) <= unit),
        ],
        ["erf"] = [KeepsZero("erf"), Within("|erf(x)| ≤ 1", -1, 1)],
        ["erfc"] = [At("erfc(±0) = 1", 0, 1), Within("0 ≤ erfc(x) ≤ 2", 0, 2), ("erfc(x) + erfc(-x) = 2 to a unit", (x, y, m, unit) => Math.Abs(y + m - 2) <= 2 * unit)],
        ["normal_cdf"] =
        [
            At("normal_cdf(±0) = ½", 0, 0.5),
            Within("0 ≤ normal_cdf(x) ≤ 1", 0, 1),
            ("normal_cdf(x) + normal_cdf(-x) = 1 to a unit", (x, y, m, unit) => Math.Abs(y + m - 1) <= unit),
        ],
        ["identity"] = [("identity(x) = x", (x, y, _, _) => Same(x, y))],
        ["relu"] = [("relu(x) ∈ {0, x}", (x, y, _, _) => y == Math.Max(x, 0))],
        ["relu6"] = [("relu6(x) ∈ {0, x, 6}", (x, y, _, _) => y == Math.Clamp(x, 0, 6))],
        ["abs"] = [("abs(x) ∈ {x, -x}, ≥ 0", (x, y, _, _) => y == Math.Abs(x))],
        ["hardtanh"] = [("hardtanh(x) ∈ {-1, x, 1}", (x, y, _, _) => y == Math.Clamp(x, -1, 1))],
        ["hard_sigmoid"] = [Within("0 ≤ hard_sigmoid(x) ≤ 1", 0, 1)],
        ["softplus"] = [("softplus(x) ≥ max(0, x)", (x, y, _, _) => y >= Math.Max(0, x))],
        ["log_sigmoid"] = [("log_sigmoid(x) ≤ min(0, x)", (x, y, _, _) => y <= Math.Min(0, x))],
        ["softsign"] = [Within("|softsign(x)| ≤ 1", -1, 1)],
        ["elliott"] = [Within("0 ≤ elliott(x) ≤ 1", 0, 1)],
        ["elu"] = [("elu(x) = x for x > 0", (x, y, _, _) => !(x > 0) || y == x), ("elu(x) ≥ -1", (x, y, _, _) => y >= -1)],
        ["celu"] = [("celu(x) = x for x > 0", (x, y, _, _) => !(x > 0) || y == x), ("celu(x) ≥ -1", (x, y, _, _) => y >= -1)],
        ["gaussian"] = [At("gaussian(±0) = 1", 0, 1), Within("0 ≤ gaussian(x) ≤ 1", 0, 1)],
        ["hardswish"] = [("hardswish(x) = 0 for x ≤ -3, x for x ≥ 3", (x, y, _, _) => x <= -3 ? y == 0 : !(x >= 3) || y == x)],
        ["swish"] = [At("swish(±0) = 0", 0, 0)],
        ["mish"] = [At("mish(±0) = 0", 0, 0)],
        ["gelu"] = [At("gelu(±0) = 0", 0, 0)],
    };

    /// <summary>Checks the identities of a function over a sample of its type.</summary>
    public static IReadOnlyList<IdentityResult> Check(FunctionUnderTest function)
    {
        double[] x = Sample(function.Type);
        double[] value = function.Value(x);
        double[] mirrored = function.Value([.. x.Select(v => -v)]);
        double unit = function.Type == NumberType.Binary32 ? 1.0 / (1 << 23) : double.ScaleB(1, -52);
        List<IdentityResult> results = [];
        // Those above are of the default parameters.
        foreach ((string statement, Test holds) in function.IsUsual ? Known.GetValueOrDefault(function.Definition.Facts.Name, []) : [])
        {
            int bad = Failures(holds).FirstOrDefault(-1);
            results.Add(new(statement, bad < 0, bad < 0 ? double.NaN : x[bad]));
        }

        AddSymmetry("odd: f(-x) = -f(x)", odd: true);
        AddSymmetry("even: f(-x) = f(x)", odd: false);
        return results;

        IEnumerable<int> Failures(Test holds) =>
            Enumerable.Range(0, x.Length).Where(i => !double.IsNaN(x[i]) && !holds(x[i], value[i], mirrored[i], unit));

        void AddSymmetry(string statement, bool odd)
        {
            if (!Array.TrueForAll(Probes, probe => IsSymmetricAt(function.Reference, probe, odd, isZeroEnough: false)))
            {
                return;
            }

            // A function may be constant, or the identity, at all probes and yet have a bend beyond them: then the symmetry was none, and the kernel is right.
            int[] bad = [.. Failures((_, y, m, _) => m.Equals(odd ? -y : y) || (m == 0 && y == 0)).Take(Judged)];
            if (bad.Length == 0 || Array.Exists(bad, i => IsSymmetricAt(function.Reference, x[i], odd, isZeroEnough: true)))
            {
                results.Add(new(statement, bad.Length == 0, bad.Length == 0 ? double.NaN : x[bad[0]]));
            }
        }
    }

    /// <summary>Whether the function itself is odd or even at a point.</summary>
    private static bool IsSymmetricAt(ReferenceFunction reference, double x, bool odd, bool isZeroEnough)
    {
        DoubleDouble right = reference.At(x).Value;
        DoubleDouble left = reference.At(-x).Value;
        return (odd ? right + left : right - left).Sign == 0 && (isZeroEnough || (right.Sign != 0 && left.Sign != 0));
    }

    /// <summary>The arguments at which identities are tried.</summary>
    internal static double[] Sample(NumberType type)
    {
        const int count = 1 << 14;
        return type == NumberType.Binary32
            ? [.. AccuracySample.Floats(count, [1]).Select(v => (double)v)]
            : AccuracySample.Doubles(count, [1]);
    }

    private static (string Statement, Test Holds) At(string statement, double x, double value) => (statement, (at, y, _, _) => at != x || y == value);

    private static (string Statement, Test Holds) KeepsZero(string name) => ($"{name}(±0) = ±0", (x, y, _, _) => x != 0 || Same(x, y));

    private static (string Statement, Test Holds) Within(string statement, double least, double greatest) =>
        (statement, (_, y, _, _) => y >= least && y <= greatest);

    private static bool Same(double left, double right) => BitConverter.DoubleToInt64Bits(left) == BitConverter.DoubleToInt64Bits(right) || (double.IsNaN(left) && double.IsNaN(right));
}
