namespace Hillock.Networks;

/// <summary>A plane through the samples, cut into the regions in which a network is one linear map.</summary>
/// <param name="Size">The points in each direction.</param>
/// <param name="Regions">The region of each point, row by row from the top; regions are numbered in the order in which they are met.</param>
/// <param name="Count">How many regions are met.</param>
public sealed record RegionMap(int Size, IReadOnlyList<int> Regions, int Count);

/// <summary>
/// Counts the linear regions of networks with activations of straight pieces: a border is where a unit passes a bend of its activation (Hanin &amp;
/// Rolnick, Complexity of linear regions in deep networks, 2019).
/// </summary>
public static class LinearRegions
{
    private const int MostPoints = 4096;

    /// <summary>Finds where a straight line from one sample to another passes from one linear region into the next: exactly, none is overlooked.</summary>
    /// <param name="network">A network as <see cref="LocalLinearMap.At"/> reads it.</param>
    /// <param name="from">Where the line begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <returns>The borders as shares of the way, above 0 and below 1, ascending; the line meets one region more.</returns>
    /// <exception cref="ArgumentException">A layer cannot be analysed, or a sample has the wrong length.</exception>
    public static IReadOnlyList<double> Borders(Network network, ReadOnlySpan<float> from, ReadOnlySpan<float> to)
    {
        // Between two neighbouring places of the list the network is linear as far as the stages that were gone through.
        AnalysisStage[] stages = AnalysisStage.Of(network);
        List<Place> places = [new(0, LocalLinearMap.Sample(network, from)), new(1, LocalLinearMap.Sample(network, to))];
        foreach (AnalysisStage stage in stages)
        {
            places = [.. places.Select(place => place with { Values = stage.Map.Apply(place.Values) })];
            if (!stage.HasActivation)
            {
                continue;
            }

            PiecewiseLinearFunction[] pieces = stage.Pieces;
            places = Divide(places, pieces);
            foreach (Place place in places)
            {
                for (int unit = 0; unit < pieces.Length; unit++)
                {
                    place.Values[unit] = pieces[unit].At(place.Values[unit]);
                }
            }
        }

        return [.. places.Skip(1).SkipLast(1).Select(place => place.Share)];
    }

    /// <summary>Looks at a plane: at the points origin + a·across + b·up with a and b from -1 to 1.</summary>
    /// <param name="network">A network as <see cref="LocalLinearMap.At"/> reads it.</param>
    /// <param name="origin">The middle of the picture.</param>
    /// <param name="across">From there to its right edge.</param>
    /// <param name="up">From there to its upper edge.</param>
    /// <param name="size">The points in each direction: 2 to 4096. Regions smaller than the distance of two points may be overlooked.</param>
    /// <exception cref="ArgumentException">A layer cannot be analysed, or a length or the size is wrong.</exception>
    public static RegionMap OnPlane(Network network, ReadOnlySpan<float> origin, ReadOnlySpan<float> across, ReadOnlySpan<float> up, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MostPoints);
        AnalysisStage[] stages = AnalysisStage.Of(network);
        double[] middle = LocalLinearMap.Sample(network, origin);
        double[] right = LocalLinearMap.Sample(network, across);
        double[] top = LocalLinearMap.Sample(network, up);
        Dictionary<string, int> known = new(StringComparer.Ordinal);
        int[] regions = new int[size * size];
        char[] pattern = new char[stages.Where(stage => stage.HasActivation).Sum(stage => stage.Map.Outputs)];
        double[] point = new double[middle.Length];
        for (int i = 0; i < regions.Length; i++)
        {
            double a = (2.0 * (i % size) / (size - 1)) - 1;
            double b = 1 - (2.0 * (i / size) / (size - 1));
            for (int k = 0; k < point.Length; k++)
            {
                point[k] = middle[k] + (a * right[k]) + (b * top[k]);
            }

            FindPattern(stages, point, pattern);
            string key = new(pattern);
            if (!known.TryGetValue(key, out regions[i]))
            {
                known.Add(key, regions[i] = known.Count);
            }
        }

        return new RegionMap(size, regions, known.Count);
    }

    /// <summary>On which piece of its activation each unit is.</summary>
    private static void FindPattern(AnalysisStage[] stages, double[] sample, char[] pattern)
    {
        int unit = 0;
        double[] values = sample;
        foreach (AnalysisStage stage in stages.Where(stage => stage.HasActivation))
        {
            values = stage.Map.Apply(values);
            PiecewiseLinearFunction[] pieces = stage.Pieces;
            for (int i = 0; i < values.Length; i++)
            {
                int piece = pieces[i].PieceAt(values[i]);
                pattern[unit++] = (char)('0' + piece);
                (double slope, double intercept) = pieces[i].Line(piece);
                values[i] = (slope * values[i]) + intercept;
            }
        }
    }

    /// <summary>Puts a place wherever a unit passes a bend.</summary>
    private static List<Place> Divide(List<Place> places, PiecewiseLinearFunction[] pieces)
    {
        List<Place> divided = [places[0]];
        List<(double Share, int Unit, double Kink)> passed = [];
        for (int i = 1; i < places.Count; i++)
        {
            (Place before, Place after) = (places[i - 1], places[i]);
            passed.Clear();
            for (int unit = 0; unit < pieces.Length; unit++)
            {
                (double low, double high) = (before.Values[unit], after.Values[unit]);
                foreach (double kink in pieces[unit].Kinks)
                {
                    if ((low < kink && kink < high) || (high < kink && kink < low))
                    {
                        passed.Add(((kink - low) / (high - low), unit, kink));
                    }
                }
            }

            foreach ((double share, int unit, double kink) in passed.OrderBy(place => place.Share))
            {
                Place place = Between(before, after, share);

                // Exactly on the bend, so that it is not passed again.
                place.Values[unit] = kink;
                divided.Add(place);
            }

            divided.Add(after);
        }

        return divided;
    }

    private static Place Between(Place before, Place after, double share)
    {
        double[] values = new double[before.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = before.Values[i] + (share * (after.Values[i] - before.Values[i]));
        }

        return new Place(before.Share + (share * (after.Share - before.Share)), values);
    }

    /// <summary>A point of the line and what the units say there.</summary>
    private sealed record Place(double Share, double[] Values);
}
