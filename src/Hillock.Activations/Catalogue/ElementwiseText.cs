using Hillock.Activations.Numbers;

namespace Hillock.Activations.Catalogue;

/// <summary>Writes an element-wise formula and its derivative down, by running it over expressions.</summary>
internal static class ElementwiseText<TFormula>
    where TFormula : struct, IElementwiseFormula
{
    public static Expression Formula(ActivationFacts facts) => TFormula.Value(Expression.Symbol("x"), Symbols(facts));

    public static Expression Derivative(ActivationFacts facts)
    {
        P<Expression> p = Symbols(facts);
        return TFormula.Value(
            Dual<Expression>.Variable(Expression.Symbol("x")),
            new P<Dual<Expression>>(
                Dual<Expression>.Fixed(p.First),
                Dual<Expression>.Fixed(p.Second),
                Dual<Expression>.Fixed(p.Third),
                Dual<Expression>.Fixed(p.Fourth))).Slope;
    }

    private static P<Expression> Symbols(ActivationFacts facts)
    {
        return new(Symbol(0), Symbol(1), Symbol(2), Symbol(3));

        Expression Symbol(int index) => index < facts.Parameters.Count ? Expression.Symbol(facts.Parameters[index].Name) : default;
    }
}
