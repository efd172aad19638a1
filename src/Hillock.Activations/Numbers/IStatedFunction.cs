namespace Hillock.Activations.Numbers;

/// <summary>
/// A function of one argument that states its derivative, because the rules of differentiation applied to its parts would
/// cancel digits or cost more. <see cref="IReal{T}.Apply{TFunction}(T)"/> uses it inside a formula.
/// </summary>
public interface IStatedFunction
{
    /// <summary>The value.</summary>
    /// <typeparam name="T">The number type.</typeparam>
    static abstract T Value<T>(T x)
        where T : struct, IReal<T>;

    /// <summary>The derivative.</summary>
    /// <typeparam name="T">The number type.</typeparam>
    static abstract T Slope<T>(T x)
        where T : struct, IReal<T>;
}
