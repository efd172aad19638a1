using Hillock.Data.Images;

namespace Hillock.Data.Known;

/// <summary>
/// Where known data sets are looked for: the user's choice, the environment's, the cache; and from where they are downloaded.
/// </summary>
internal sealed record DataPlaces(string? Chosen, string? FromEnvironment, string Cache, Uri? Mirror)
{
    public const string DataVariable = "HILLOCK_DATA";
    public const string MirrorVariable = "HILLOCK_MIRROR";

    /// <summary>How long downloads wait.</summary>
    public Patience Patience { get; init; } = Patience.Usual;

    public static DataPlaces Of(DataOptions options, Func<string, string?> environment)
    {
        string? mirror = options.Mirror ?? NullIfEmpty(environment(MirrorVariable));
        Uri? address = mirror is null ? null : AddressOf(mirror);
        string cache = options.CacheDirectory ?? Path.Combine(UserCache(environment), "hillock");
        return new DataPlaces(NullIfEmpty(options.DataDirectory), NullIfEmpty(environment(DataVariable)), cache, address);
    }

    /// <summary>
    /// Opens a known data set from the first place that has it: <c>PLACE/NAME</c> or the place itself, unless that is the folder of another
    /// known set; last from the cache, into which it is downloaded where it can be.
    /// </summary>
    public DataSource Open(KnownDataSet set, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        if (Folders(set).Select(place => ImageFolder.Open(place, set.Name, set.Classes)).FirstOrDefault(source => source is not null) is DataSource found)
        {
            return found;
        }

        string folder = Path.Combine(Cache, set.Name);
        string looked = $"{set.Name} is not here: {set.Wanted} were looked for in {string.Join(", ", Looked(set))}";
        return set.Address is null
            ? ImageFolder.Open(folder, set.Name, set.Classes) ?? throw new DataException($"{looked}; get it from {set.Home}")
            : OpenFromCache(set, folder, Mirror is null ? set.Address : new Uri(Mirror, set.Name + "/"), looked, progress, cancellationToken);
    }

    /// <summary>The files of a known data set, in all places where there are some.</summary>
    public IEnumerable<string> Files(KnownDataSet set) => Folders(set).Append(Path.Combine(Cache, set.Name)).SelectMany(ImageFolder.Files);

    /// <summary>The user's folders that may hold a known data set, the first that does being the one that counts.</summary>
    private IEnumerable<string> Folders(KnownDataSet set) =>
        from place in new[] { Chosen, FromEnvironment }.OfType<string>()
        from folder in IsOfAnother(place, set) ? (string[])[Path.Combine(place, set.Name)] : [Path.Combine(place, set.Name), place]
        select folder;

    private DataSource OpenFromCache(
        KnownDataSet set, string folder, Uri address, string looked, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        foreach (KnownFile file in set.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ImageFolder.Find(folder, [file.Name, Path.GetFileNameWithoutExtension(file.Name)]) is null
                && Download.Fetch(address, file, folder, $"{set.Name}/{file.Name}", Patience, progress, cancellationToken) is string failure)
            {
                throw new DataException($"{looked}; the download of {new Uri(address, file.Name)} failed: {failure}");
            }
        }

        return ImageFolder.Open(folder, set.Name, set.Classes) ?? throw new DataException(looked);
    }

    private static Uri AddressOf(string mirror)
    {
        bool valid = Uri.TryCreate(mirror.TrimEnd('/') + "/", UriKind.Absolute, out Uri? address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
        return valid ? address! : throw new DataException($"the mirror '{mirror}' is no http or https address");
    }

    private IEnumerable<string> Looked(KnownDataSet set)
    {
        yield return Chosen is null ? "--data-dir (not given)" : $"{Chosen} (--data-dir)";
        yield return FromEnvironment is null ? $"{DataVariable} (not set)" : $"{FromEnvironment} ({DataVariable})";
        yield return $"{Path.Combine(Cache, set.Name)} (cache)";
    }

    private static bool IsOfAnother(string place, KnownDataSet set)
    {
        string folder = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(place)));
        return KnownDataSet.All.Any(other => other != set && string.Equals(folder, other.Name, StringComparison.OrdinalIgnoreCase));
    }

    private static string UserCache(Func<string, string?> environment)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches")
            : NullIfEmpty(environment("XDG_CACHE_HOME")) ?? Path.Combine(home, ".cache");
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
