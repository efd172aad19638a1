namespace Hillock.Activations.Catalogue;

/// <summary>What a framework computes when its function is called without further arguments.</summary>
/// <param name="Framework">PyTorch, Keras, JAX or ONNX.</param>
/// <param name="Name">The name there, such as <c>nn.LeakyReLU</c>.</param>
/// <param name="Activation">The same function here.</param>
public sealed record FrameworkDefault(string Framework, string Name, Activation Activation)
{
    /// <summary>The name without its modules: <c>LeakyReLU</c>.</summary>
    internal string ShortName => Name[(Name.LastIndexOf('.') + 1)..];
}

/// <summary>The defaults of the frameworks, as <c>pytorch:leaky_relu</c> asks for them, and where they disagree.</summary>
public static class FrameworkDefaults
{
    /// <summary>
    /// The defaults of other frameworks, and of the same framework's other functions, that go by a name of this function and are not all the same:
    /// for <c>leaky_relu</c> a slope of 0.01 in PyTorch and of 0.2 in Keras. Empty where all agree.
    /// </summary>
    /// <param name="definition">An entry of the catalogue.</param>
    public static IReadOnlyList<FrameworkDefault> Disagreements(ActivationDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        HashSet<string> names = [.. definition.Facts.Peers.Select(p => NearestName.Plain(p.Name[(p.Name.LastIndexOf('.') + 1)..]))];
        return
        [
            .. All(ActivationCatalogue.All)
                .GroupBy(d => NearestName.Plain(d.ShortName))
                .Where(sameName => names.Contains(sameName.Key) && sameName.Select(d => d.Activation.Specification).Distinct().Skip(1).Any())
                .SelectMany(sameName => sameName),
        ];
    }

    /// <summary>Finds what a framework gives by default: by the framework's name of it as it is spelled there, then by any spelling, then by ours.</summary>
    /// <exception cref="FormatException">There is no such framework, or no such function in it, or it has no defaults.</exception>
    internal static Activation Find(string framework, string name, IReadOnlyList<ActivationDefinition> catalogue)
    {
        string[] frameworks = [.. catalogue.SelectMany(d => d.Facts.Peers).Select(p => p.Framework.ToLowerInvariant()).Distinct()];
        if (!frameworks.Contains(framework, StringComparer.OrdinalIgnoreCase))
        {
            throw new FormatException($"unknown framework '{ActivationReader.Shorten(framework)}'; {NearestName.Hint(framework, frameworks)}");
        }

        FrameworkDefault[] here = [.. All(catalogue).Where(d => d.Framework.Equals(framework, StringComparison.OrdinalIgnoreCase))];
        FrameworkDefault? found =
            Array.Find(here, d => d.ShortName.Equals(name, StringComparison.Ordinal))
            ?? Array.Find(here, d => d.ShortName.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? Array.Find(here, d => NearestName.Plain(d.ShortName) == NearestName.Plain(name))
            ?? Array.Find(here, d => Synonyms(d.Activation.Definition.Facts).Contains(name, StringComparer.OrdinalIgnoreCase));
        if (found is not null)
        {
            return found.Activation;
        }

        // What the framework has, but without defaults, is another mistake than what it does not have. Of several functions of that name there, the one that has it here too.
        PeerName? bare = catalogue
            .OrderByDescending(d => Synonyms(d.Facts).Contains(name, StringComparer.OrdinalIgnoreCase))
            .SelectMany(d => d.Facts.Peers.Where(p => NearestName.Plain(p.Name[(p.Name.LastIndexOf('.') + 1)..]) == NearestName.Plain(name) || Synonyms(d.Facts).Contains(name)))
            .FirstOrDefault(p => p.Preset is null && p.Framework.Equals(framework, StringComparison.OrdinalIgnoreCase));
        if (bare is not null)
        {
            throw new FormatException($"{bare.Framework} has no default of '{name}': {bare.Name}, {bare.Difference}");
        }

        string[] known = [.. here.Select(d => d.ShortName).Distinct()];
        string? nearest = NearestName.Find(name, known);
        throw new FormatException(nearest is null
            ? $"{framework} has no '{ActivationReader.Shorten(name)}'; known of it are {string.Join(", ", known)}"
            : $"{framework} has no '{ActivationReader.Shorten(name)}'; did you mean '{framework}:{nearest}'?");
    }

    private static IEnumerable<FrameworkDefault> All(IReadOnlyList<ActivationDefinition> catalogue) =>
        from definition in catalogue
        from peer in definition.Facts.Peers
        where peer.Preset is not null
        select new FrameworkDefault(peer.Framework, peer.Name, Activation.Parse(Text(definition.Facts.Name, peer.Preset), catalogue));

    private static string Text(string name, string? preset) => string.IsNullOrEmpty(preset) ? name : $"{name}({preset})";

    /// <summary>Our names of a function that do not set parameters.</summary>
    private static IEnumerable<string> Synonyms(ActivationFacts facts) =>
        facts.Aliases.Where(a => a.Arguments.Length == 0).Select(a => a.Name).Prepend(facts.Name);
}
