namespace Hillock.Data.Synthetic;

/// <summary>Cosine and sine from additions and products only, so that synthetic sets have the same bits on every machine.</summary>
internal static class Turn
{
    /// <summary>The point of the unit circle at an angle, to about 13 digits.</summary>
    /// <param name="turns">The angle in whole turns, at most a few.</param>
    public static (double Cosine, double Sine) At(double turns)
    {
        // exp(iφ) is the 1024th power of exp(iφ/1024), for which a few terms of the series do.
        const int Squarings = 10;
        double angle = turns * 2 * Math.PI / (1 << Squarings);
        double square = angle * angle;
        double cosine = 1 - (square / 2 * (1 - (square / 12 * (1 - (square / 30)))));
        double sine = angle * (1 - (square / 6 * (1 - (square / 20 * (1 - (square / 42))))));
        for (int i = 0; i < Squarings; i++)
        {
            (cosine, sine) = ((cosine * cosine) - (sine * sine), 2 * cosine * sine);
        }

        return (cosine, sine);
    }
}
