using Hillock.Cli.Documentation;
using Hillock.Cli.Report;
using Hillock.Laboratory;
using Hillock.Networks;

namespace Hillock.Cli.Output;

/// <summary>
/// The folder of <c>hillock claims run --out</c>: results as a document and as a page, and a picture of each claim. What is there of other claims is kept, so
/// that claims can be tried one at a time and an interrupted run loses nothing that was finished.
/// </summary>
internal sealed class ClaimsFolder
{
    private readonly string _folder;
    private readonly SortedDictionary<(int, string), ClaimEntry> _entries = [];

    private ClaimsFolder(string folder) => _folder = folder;

    private string DocumentPath => Path.Combine(_folder, "claims.json");

    /// <summary>Opens a folder, which is made where there is none.</summary>
    /// <exception cref="IOException">It cannot be written, or holds a claims.json of another kind.</exception>
    public static ClaimsFolder Open(string folder)
    {
        FileWriter.RequireWritableFolder(folder);
        FileWriter.RequireWritableFolder(Path.Combine(folder, ClaimsPage.Pictures));
        ClaimsFolder opened = new(folder);
        if (File.Exists(opened.DocumentPath))
        {
            try
            {
                opened.Add(Json.ReadClaims(File.ReadAllText(opened.DocumentPath)).Claims);
            }
            catch (FormatException wrong)
            {
                throw new IOException($"{opened.DocumentPath} {wrong.Message}: choose another folder, or remove it", wrong);
            }
        }

        return opened;
    }

    /// <summary>Takes in what came of a claim and writes everything anew.</summary>
    public void Write(ClaimResult result)
    {
        Add([ClaimsDocument.Entry(result)]);
        if (result.Chart is { } chart)
        {
            FileWriter.Write(Path.Combine(_folder, ClaimsPage.Pictures, $"{result.Claim.Name}.svg"), ClaimPicture.Draw(chart).ToFile());
        }

        Write();
    }

    /// <summary>Takes in what cannot be tried and writes everything anew.</summary>
    public void Write(IEnumerable<ClaimOutOfReach> claims)
    {
        Add(claims.Select(ClaimsDocument.Entry));
        Write();
    }

    private void Add(IEnumerable<ClaimEntry> entries)
    {
        foreach (ClaimEntry entry in entries)
        {
            _entries[(entry.Number > 0 ? entry.Number : int.MaxValue, entry.Name)] = entry;
        }
    }

    private void Write()
    {
        ClaimsDocument document = new(ClaimsDocument.Name, [.. _entries.Values]);
        FileWriter.Write(DocumentPath, Json.Text(document));
        FileWriter.Write(Path.Combine(_folder, "claims.md"), ClaimsPage.Text(document));
    }
}
