using System.Globalization;

namespace Hillock.Networks;

/// <summary>
/// How the learning rate changes in the course of a training: immutable, and with a text form that <see cref="Parse"/> reads: <c>constant</c>,
/// <c>step(10, 0.1)</c>, <c>cosine</c>, <c>one_cycle(0.3)</c>, and <c>warmup(500)</c> alone or before one of these, as <c>warmup(500)+cosine</c>.
/// </summary>
public abstract record LearningRateSchedule
{
    private const string Allowed = "constant, step(epochs, factor), cosine, one_cycle(share), warmup(steps) or warmup(steps)+another";

    private protected LearningRateSchedule()
    {
    }

    /// <summary>The same rate at every step.</summary>
    public static LearningRateSchedule Constant { get; } = new ConstantSchedule();

    /// <summary>The text form, which names everything.</summary>
    public abstract string Text { get; }

    /// <summary>Whether a step's rate depends on how long the training is going to be.</summary>
    internal virtual bool DependsOnLength => true;

    /// <summary>The learning rate of a step, as a multiple of <see cref="TrainingOptions.LearningRate"/>: from 0 to 1.</summary>
    /// <param name="index">The step, counted from 0.</param>
    /// <param name="steps">The steps of the whole training.</param>
    /// <param name="stepsOfEpoch">The steps of an epoch.</param>
    public abstract double Factor(long index, long steps, long stepsOfEpoch);

    /// <summary>Reads the text form.</summary>
    /// <param name="text">The text, such as <c>warmup(500)+cosine</c>.</param>
    /// <exception cref="FormatException">The text is no schedule; the message is one line that says what is allowed.</exception>
    public static LearningRateSchedule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            string[] parts = text.Split('+', 2);
            (string name, double[] arguments) = Call(parts[0]);
            if (name == "warmup" && arguments is [double steps])
            {
                int count = steps == (int)steps ? (int)steps : throw new FormatException($"a number of steps is whole, and {steps} is not");
                return new WarmUpSchedule(count, parts.Length == 1 ? Constant : Parse(parts[1]));
            }

            return parts.Length == 2
                ? throw new FormatException("only warmup(steps) comes before another schedule")
                : (name, arguments) switch
                {
                    ("constant", []) => Constant,
                    ("cosine", []) => new CosineSchedule(),
                    ("step", [double epochs, double factor]) when epochs == (int)epochs => new StepSchedule((int)epochs, factor),
                    ("one_cycle", []) => new OneCycleSchedule(),
                    ("one_cycle", [double share]) => new OneCycleSchedule(share),
                    _ => throw new FormatException("it is not known"),
                };
        }
        catch (Exception exception) when (exception is FormatException or ArgumentOutOfRangeException)
        {
            string reason = exception.Message.ReplaceLineEndings(" ");
            throw new FormatException(
                reason.StartsWith("schedule '", StringComparison.Ordinal) ? reason : $"schedule '{text}': {reason}; write {Allowed}", exception);
        }
    }

    /// <inheritdoc/>
    public sealed override string ToString() => Text;

    /// <summary>(1 + cos(π·t))/2 for t from 0 to 1: from 1 to 0, flat at both ends.</summary>
    private protected static double HalfWave(double t) => t <= 0.5 ? 1 - SquaredSine(t) : SquaredSine(1 - t);

    /// <summary>sin²(π·t/2) for t up to 1/2, by the series of the sine up to x¹⁷, which is exact to the last bit but one there.</summary>
    private static double SquaredSine(double t)
    {
        double x = Math.PI / 2 * t;
        double series = 1;
        for (int k = 16; k > 0; k -= 2)
        {
            series = 1 - (x * x / (k * (k + 1)) * series);
        }

        return x * series * (x * series);
    }

    /// <summary>A name, and the numbers in parentheses that follow it.</summary>
    private static (string Name, double[] Arguments) Call(string text)
    {
        string trimmed = text.Trim();
        int open = trimmed.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            return (trimmed, []);
        }

        string[] arguments = trimmed.EndsWith(')') ? trimmed[(open + 1)..^1].Split(',') : throw new FormatException("a ')' is missing at the end");
        return (trimmed[..open].TrimEnd(), [.. arguments.Select(Number)]);
    }

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw new FormatException($"'{text.Trim()}' is no number");

    private protected static double Require(double value, bool holds, string name, string allowed) =>
        holds ? value : throw new ArgumentOutOfRangeException(null, FormattableString.Invariant($"{name} is {value}, and must be {allowed}"));
}
