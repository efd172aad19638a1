using Hillock.Activations.Random;

namespace Hillock.Laboratory.Trials;

/// <summary>Divides rows into folds by chance.</summary>
internal static class Folds
{
    /// <summary>
    /// Assigns every row to a fold. Rows are shuffled within their class and dealt out class after class, so that the counts of each class, and of all
    /// rows, differ by at most one between folds.
    /// </summary>
    /// <param name="strata">The class of each row; all the same where there are none.</param>
    /// <param name="folds">The number of folds.</param>
    /// <param name="key">Where chance comes from.</param>
    /// <returns>The fold of each row, from 0.</returns>
    public static int[] Assign(ReadOnlySpan<int> strata, int folds, RandomKey key)
    {
        int[] rows = new int[strata.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = i;
        }

        int[] classes = strata.ToArray();
        new RandomStream(key).Shuffle(rows);
        int[] foldOf = new int[rows.Length];
        int dealt = 0;
        foreach (int row in rows.OrderBy(row => classes[row]))
        {
            foldOf[row] = dealt++ % folds;
        }

        return foldOf;
    }

    /// <summary>The rows of one fold and those of all the others, both ascending.</summary>
    /// <param name="foldOf">The fold of each row.</param>
    /// <param name="fold">The fold, from 0.</param>
    public static Split Split(int[] foldOf, int fold)
    {
        int[] all = [.. Enumerable.Range(0, foldOf.Length)];
        return new(Array.FindAll(all, row => foldOf[row] != fold), Array.FindAll(all, row => foldOf[row] == fold));
    }
}

/// <summary>Rows to learn from and rows to judge by.</summary>
/// <param name="Training">The rows to learn from, ascending.</param>
/// <param name="Test">The rows to judge by, ascending.</param>
internal sealed record Split(int[] Training, int[] Test);
