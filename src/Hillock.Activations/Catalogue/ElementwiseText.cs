using Hillock.Activations.Numbers;

namespace Hillock.Activations.Catalogue;

/// <summary>Writes an element-wise formula and its derivative down, by running it over expressions.</summary>
internal static class ElementwiseText<TFormula>
    where TFormula : struct, IElementwiseFormula
{
    public static Expression Formula(ActivationFacts facts) => TFormula.Spelled<TFormula, Expression>(Expression.Symbol("x"), P<Expression>.Of([.. Symbols(facts)]));

    public static Expression Derivative(ActivationFacts facts) => TFormula.Spelled<TFormula, Dual<Expression>>(
        Dual<Expression>.Variable(Expression.Symbol("x")), P<Dual<Expression>>.Of([.. Symbols(facts).Select(Dual<Expression>.Fixed)])).Slope;

    private static IEnumerable<Expression> Symbols(ActivationFacts facts) => facts.Parameters.Select(p => Expression.Symbol(p.Name));
}
