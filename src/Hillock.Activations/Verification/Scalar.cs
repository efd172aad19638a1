using Hillock.Activations.Numbers;

namespace Hillock.Activations.Verification;

/// <summary>The primitives on single doubles, each with its derivative.</summary>
/// <typeparam name="T">The number type that computes them.</typeparam>
internal static class Scalar<T>
    where T : struct, IReal<T>, IRegister<T, double>
{
    public static double Round(double x) => Split(T.Round(T.Broadcast(x)), default, out _);

    public static double Sin(double x, out double slope) => Split(T.Sin(T.Broadcast(x), out T s), s, out slope);

    public static double Cos(double x, out double slope) => Split(T.Cos(T.Broadcast(x), out T s), s, out slope);

    public static double Pow(double x, double y, out double byBase, out double byExponent)
    {
        T value = T.Pow(T.Broadcast(x), T.Broadcast(y), out T first, out T second);
        Split(value, first, out byBase);
        return Split(value, second, out byExponent);
    }

    public static double Exp(double x, out double slope) => Split(T.Exp(T.Broadcast(x), out T s), s, out slope);

    public static double ExpM1(double x, out double slope) => Split(T.ExpM1(T.Broadcast(x), out T s), s, out slope);

    public static double Log(double x, out double slope) => Split(T.Log(T.Broadcast(x), out T s), s, out slope);

    public static double Log1P(double x, out double slope) => Split(T.Log1P(T.Broadcast(x), out T s), s, out slope);

    public static double Tanh(double x, out double slope) => Split(T.Tanh(T.Broadcast(x), out T s), s, out slope);

    public static double Sigmoid(double x, out double slope) => Split(T.Sigmoid(T.Broadcast(x), out T s), s, out slope);

    public static double SoftPlus(double x, out double slope) => Split(T.SoftPlus(T.Broadcast(x), out T s), s, out slope);

    public static double Erf(double x, out double slope) => Split(T.Erf(T.Broadcast(x), out T s), s, out slope);

    public static double Erfc(double x, out double slope) => Split(T.Erfc(T.Broadcast(x), out T s), s, out slope);

    public static double NormalCdf(double x, out double slope) => Split(T.NormalCdf(T.Broadcast(x), out T s), s, out slope);

    public static double TanhSoftPlus(double x, out double slope) => Split(T.TanhSoftPlus(T.Broadcast(x), out T s), s, out slope);

    public static double TanhShrink(double x, out double slope) => Split(T.TanhShrink(T.Broadcast(x), out T s), s, out slope);

    private static double Split(T value, T derivative, out double slope)
    {
        Span<double> lanes = stackalloc double[T.Count];
        T.Store(derivative, ref lanes[0]);
        slope = lanes[0];
        T.Store(value, ref lanes[0]);
        return lanes[0];
    }
}
