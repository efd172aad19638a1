namespace Hillock.Activations.Catalogue;

/// <summary>A row in which one input varies, and all others are the same number: a function of rows is drawn by its first output, where the curve says most.</summary>
/// <param name="Length">How many inputs the row has; at least 2.</param>
/// <param name="Variable">Which of them varies: 0 or 1.</param>
/// <param name="Other">The value of the others.</param>
public readonly record struct ExampleRow(int Length, int Variable, float Other)
{
    /// <summary>The row as text, such as <c>(x, 0)</c>.</summary>
    public override string ToString() => FormattableString.Invariant((Length, Variable) switch
    {
        (2, 0) => $"(x, {Other})",
        (2, _) => $"({Other}, x)",
        (3, 0) => $"(x, {Other}, {Other})",
        (_, 0) => $"(x, {Other}, ..., {Other})",
        _ => (FormattableString)$"({Other}, x, ..., {Other})",
    });
}
