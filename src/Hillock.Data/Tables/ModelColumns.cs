namespace Hillock.Data.Tables;

/// <summary>
/// Finds the columns that a model was trained on in another table: by their names where the table has a header and the model knows names, in any order and among
/// others; else by their places, where there must be as many.
/// </summary>
internal static class ModelColumns
{
    private const int MostNamed = 10;

    /// <summary>Whether the first line of a table has the names of all columns that a model needs: then it is a header.</summary>
    public static bool AreNamed(TablePreparation prepared, string[] firstLine) =>
        Needed(prepared).All(column => column.Name is { } name && firstLine.Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>Finds the columns.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="prepared">What the model was trained on.</param>
    /// <param name="names">The names in the header.</param>
    /// <returns>The index of each input column of the model, -1 for those that were left out in training; and that of the target, -1 where there is none.</returns>
    /// <exception cref="DataException">A column is missing, or cannot be told.</exception>
    public static (int[] Inputs, int Target) Find(string file, TablePreparation prepared, ColumnNames names)
    {
        bool header = Enumerable.Range(0, names.Count).Any(c => names[c] is not null);
        return header && prepared.Target.Name is not null && Needed(prepared).All(column => column.Name is not null)
            ? ByName(file, prepared, names)
            : ByPlace(file, prepared, names);
    }

    private static IEnumerable<ColumnPreparation> Needed(TablePreparation prepared) => prepared.Columns.Where(column => column is not LeftOutPreparation);

    private static (int[] Inputs, int Target) ByName(string file, TablePreparation prepared, ColumnNames names)
    {
        int[] all = [.. Enumerable.Range(0, names.Count)];
        string[] wanted = [.. Needed(prepared).Select(column => column.Name!), prepared.Target.Name!];
        HashSet<string> exact = [.. wanted.Where(name => all.Any(c => names[c] == name))];
        int IndexOf(string name)
        {
            // As written, else whatever the case: but what another column is called exactly is that one.
            int[] found = exact.Contains(name)
                ? Array.FindAll(all, c => names[c] == name)
                : Array.FindAll(all, c => names[c] is { } other && !exact.Contains(other) && other.Equals(name, StringComparison.OrdinalIgnoreCase));
            return found.Length <= 1
                ? found.FirstOrDefault(-1)
                : throw new DataException($"{file}: columns {found[0] + 1} and {found[1] + 1} are both called '{OneLine.Value(name)}', and the model was trained on one of that name");
        }

        int[] inputs = [.. prepared.Columns.Select(column => column is LeftOutPreparation ? -1 : IndexOf(column.Name!))];
        string[] absent = [.. prepared.Columns.Where((column, i) => column is not LeftOutPreparation && inputs[i] < 0).Select(column => $"'{OneLine.Value(column.Name!)}'")];
        if (absent.Length > 0)
        {
            string[] here = [.. all.Select(c => names[c]).OfType<string>().Select(OneLine.Value)];
            throw new DataException(
                $"{file} has no column {Listed(absent)}, and the model was trained on {(absent.Length == 1 ? "it" : "them")}; the columns here are {Listed(here)}");
        }

        return (inputs, IndexOf(prepared.Target.Name!));
    }

    private static (int[] Inputs, int Target) ByPlace(string file, TablePreparation prepared, ColumnNames names)
    {
        int count = prepared.Columns.Count;
        if (names.Count != count && names.Count != count + 1)
        {
            throw new DataException($"{file} has {names.Count} columns, and the model was trained on {count} and the target");
        }

        bool named = prepared.Target.Name is { } name && Enumerable.Range(0, names.Count).Any(c => names[c] == name);
        int target = names.Count == count ? -1 : named ? names.Find(prepared.Target.Name!) : prepared.Target.Number - 1;
        int[] inputs = [.. Enumerable.Range(0, names.Count).Where(c => c != target)];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (prepared.Columns[i] is LeftOutPreparation)
            {
                inputs[i] = -1;
            }
            else if (names[inputs[i]] is { } found && prepared.Columns[i].Name is { } known && found != known)
            {
                throw new DataException(
                    $"{file}: column {inputs[i] + 1} is '{OneLine.Value(found)}', and the model was trained on '{OneLine.Value(known)}' in its place");
            }
        }

        return (inputs, target);
    }

    private static string Listed(string[] names) =>
        string.Join(", ", names.Take(MostNamed)) + (names.Length > MostNamed ? $" and {names.Length - MostNamed} more" : "");
}
