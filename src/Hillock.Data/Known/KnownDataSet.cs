namespace Hillock.Data.Known;

/// <summary>A file that can be downloaded.</summary>
/// <param name="Name">Its name, the same at every address and in the cache.</param>
/// <param name="Sha256">The SHA-256 of its decompressed content: compressed again by another program it is still the same file.</param>
internal sealed record KnownFile(string Name, string Sha256);

/// <summary>A published data set that Hillock knows by name.</summary>
/// <param name="Name">The name, and that of its folder.</param>
/// <param name="Description">What it is, in one line.</param>
/// <param name="Classes">The names of its labels 0, 1, 2...</param>
/// <param name="Home">Where to get it by hand.</param>
/// <param name="Address">Where its files are downloaded from; null where nothing is offered for download, because no hash could be
/// confirmed.</param>
/// <param name="Files">The files to download; empty without an address.</param>
internal sealed record KnownDataSet(
    string Name, string Description, IReadOnlyList<string> Classes, string Home, Uri? Address, IReadOnlyList<KnownFile> Files)
{
    /// <summary>The files that are looked for, in words.</summary>
    public string Wanted => $"{(Files.Count > 0 ? Files[0].Name : "data_batch_1.bin or .bin.gz")} and the files that belong to it";

    // The hashes were computed from copies whose compressed originals are the ones that the peers check by MD5 (Fashion-MNIST), or whose
    // decompressed content is the one that others publish hashes of (MNIST).
    public static IReadOnlyList<KnownDataSet> All { get; } =
    [
        new(
            "mnist",
            "handwritten digits, 28×28 (LeCun, Cortes, Burges): 60,000 and 10,000 test images, 10 classes",
            ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            new Uri("https://ossci-datasets.s3.amazonaws.com/mnist/"),
            [
                new("train-images-idx3-ubyte.gz", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
                new("train-labels-idx1-ubyte.gz", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
                new("t10k-images-idx3-ubyte.gz", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
                new("t10k-labels-idx1-ubyte.gz", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
            ]),
        new(
            "fashion-mnist",
            "articles of clothing, 28×28 (Xiao, Rasul, Vollgraf 2017): 60,000 and 10,000 test images, 10 classes",
            ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
            "https://github.com/zalandoresearch/fashion-mnist",
            new Uri("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
            [
                new("train-images-idx3-ubyte.gz", "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
                new("train-labels-idx1-ubyte.gz", "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
                new("t10k-images-idx3-ubyte.gz", "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
                new("t10k-labels-idx1-ubyte.gz", "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
            ]),
        new(
            "cifar-10",
            "photographs of things and animals, 32×32 in colour (Krizhevsky 2009): 50,000 and 10,000 test images, 10 classes",
            ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
            "https://www.cs.toronto.edu/~kriz/cifar.html (the binary version)",
            Address: null,
            Files: []),
    ];
}
