namespace Hillock.Activations.Catalogue;

/// <summary>Finds the name that someone probably meant.</summary>
internal static class NearestName
{
    /// <summary>A list of more names is a wall that hides what is wrong.</summary>
    private const int MostNamed = 10;

    /// <summary>What a message about an unknown name ends with: the name that was probably meant, or some of those that are known.</summary>
    /// <param name="given">What was typed.</param>
    /// <param name="known">The names to choose from.</param>
    public static string Hint(string given, IReadOnlyCollection<string> known) => Find(given, known) is { } nearest
        ? $"did you mean '{nearest}'?"
        : $"known are {string.Join(", ", known.Take(MostNamed))}{(known.Count > MostNamed ? $" and {known.Count - MostNamed} more" : "")}";

    /// <summary>The known name at the least edit distance, or null where none is near enough to be meant.</summary>
    /// <param name="given">What was typed.</param>
    /// <param name="known">The names to choose from; at equal distance the earlier wins.</param>
    public static string? Find(string given, IEnumerable<string> known)
    {
        string plain = Plain(given);
        string? nearest = null;
        int least = int.MaxValue;
        foreach (string name in known)
        {
            string other = Plain(name);
            if (Math.Abs(plain.Length - other.Length) > Limit(plain, other))
            {
                continue;
            }

            int distance = Distance(plain, other);
            if (distance < least)
            {
                (nearest, least) = (name, distance);
            }
        }

        // A single letter for another is another word.
        return nearest is not null && least < plain.Length && least <= Limit(plain, nearest) ? nearest : null;
    }

    /// <summary>A third of the letters wrong is a typing error; more is another word.</summary>
    private static int Limit(string a, string b) => Math.Max(1, Math.Max(a.Length, b.Length) / 3);

    /// <summary>The name without what people leave out or swap: capitals, hyphens and underscores.</summary>
    public static string Plain(string name) =>
        new([.. name.Where(c => c is not ('_' or '-' or ' ')).Select(char.ToLowerInvariant)]);

    /// <summary>Insertions, deletions, substitutions and swaps of neighbours (Damerau 1964, Levenshtein 1966; restricted form).</summary>
    private static int Distance(string a, string b)
    {
        int[] beforePrevious = new int[b.Length + 1];
        int[] previous = new int[b.Length + 1];
        int[] current = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, 1 + Math.Min(previous[j], current[j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    current[j] = Math.Min(current[j], beforePrevious[j - 2] + 1);
                }
            }

            (beforePrevious, previous, current) = (previous, current, beforePrevious);
        }

        return previous[b.Length];
    }
}
