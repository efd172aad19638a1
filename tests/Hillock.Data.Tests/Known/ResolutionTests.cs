using Hillock.Data.Known;
using Hillock.Data.Tests.Images;

namespace Hillock.Data.Tests.Known;

/// <summary>Where known data sets are found, in which order, and what is said when they are nowhere.</summary>
public sealed class ResolutionTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_users_choice_goes_before_the_environment_and_the_cache()
    {
        WriteSet("chosen/mnist", images: 3);
        WriteSet("environment/mnist", images: 4);
        WriteSet("cache/mnist", images: 5);
        Open("mnist", "chosen", "environment", "cache").Count.ShouldBe(3);
        Open("mnist", null, "environment", "cache").Count.ShouldBe(4);
        Open("mnist", "nowhere", "environment", "cache").Count.ShouldBe(4);
        Open("mnist", null, null, "cache").Count.ShouldBe(5);
        Open("MNIST", "nowhere", "", "cache").Count.ShouldBe(5);
    }

    [Fact]
    public void Files_may_stand_in_the_place_itself_unless_it_is_another_sets()
    {
        WriteSet("mine", images: 3);
        Open("mnist", "mine").Count.ShouldBe(3);
        WriteSet("fashion-mnist", images: 4);
        Open("fashion-mnist", "fashion-mnist").Count.ShouldBe(4);
        Open("fashion-mnist", ".").Count.ShouldBe(4);
        Should.Throw<DataException>(() => Open("mnist", "fashion-mnist", mirror: "http://127.0.0.1:1"));
    }

    [Fact]
    public void Files_of_the_user_may_be_a_part_and_are_not_checked()
    {
        WriteSet("chosen/fashion-mnist", images: 3);
        DataSource source = Open("fashion-mnist", "chosen");
        source.Name.ShouldBe("fashion-mnist");
        source.Classes.ShouldBe(["T-shirt/top", "Trouser", "Pullover"]);
        source.TestPart.ShouldBeNull();
    }

    [Fact]
    public void Damaged_files_of_the_user_are_an_error_and_not_passed_over()
    {
        WriteSet("chosen/mnist", images: 3);
        WriteSet("cache/mnist", images: 5);
        _folder.Write("chosen/mnist/train-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 9]);
        Should.Throw<DataException>(() => Open("mnist", "chosen", null, "cache")).Message.ShouldContain("is truncated");
    }

    [Fact]
    public void Cifar_is_found_and_its_classes_have_names()
    {
        _folder.Write("chosen/cifar-10/data_batch_1.bin.gz", TestFolder.Gzip(CifarTests.Records(0, 9, 3)));
        _folder.Write("chosen/cifar-10/test_batch.bin", CifarTests.Records(3));
        DataSource source = Open("cifar-10", "chosen");
        source.Classes.ShouldBe(["airplane", "cat", "truck"]);
        source.TestPart!.Labels.ToArray().ShouldBe([1]);
    }

    [Fact]
    public void Cifar_is_not_downloaded_but_it_is_said_where_to_get_it()
    {
        Should.Throw<DataException>(() => Open("cifar-10", "chosen")).Message.ShouldBe(
            "cifar-10 is not here: data_batch_1.bin or .bin.gz and the files that belong to it were looked for in "
            + $"{_folder.At("chosen")} (--data-dir), HILLOCK_DATA (not set), {_folder.At("empty/cifar-10")} (cache); "
            + "get it from https://www.cs.toronto.edu/~kriz/cifar.html (the binary version)");
    }

    [Fact]
    public void What_is_nowhere_is_downloaded_into_the_cache_and_the_rest_only_if_part_is_there()
    {
        byte[] images = TestFolder.Gzip([1]);
        _folder.Write("cache/mnist/train-images-idx3-ubyte.gz", images);
        using LoopbackServer server = new((_, stream, _) => LoopbackServer.SendAsync(stream, images));
        string message = Should.Throw<DataException>(() => Open("mnist", "chosen", "environment", "cache", server.Address)).Message;
        message.ShouldStartWith(
            "mnist is not here: train-images-idx3-ubyte.gz and the files that belong to it were looked for in "
            + $"{_folder.At("chosen")} (--data-dir), {_folder.At("environment")} (HILLOCK_DATA), {_folder.At("cache/mnist")} (cache); "
            + $"the download of {server.Address}/mnist/train-labels-idx1-ubyte.gz failed: its content has the SHA-256 ");
        server.Requests.ShouldBe(["/mnist/train-labels-idx1-ubyte.gz"]);
        Directory.GetFiles(_folder.At("cache/mnist")).Length.ShouldBe(1, "what was there before stays");
    }

    [Fact]
    public void Without_a_network_one_line_says_what_was_looked_for_and_where()
    {
        string message = Should.Throw<DataException>(() => Open("mnist", "chosen", mirror: "http://127.0.0.1:1")).Message;
        message.ShouldContain($"{_folder.At("chosen")} (--data-dir), HILLOCK_DATA (not set), {_folder.At("empty/mnist")} (cache)");
        message.ShouldContain("the download of http://127.0.0.1:1/mnist/train-images-idx3-ubyte.gz failed: ");
        message.ShouldNotContain('\n');
    }

    [DataFact]
    public void A_whole_download_is_opened_and_not_repeated()
    {
        using LoopbackServer server = new((path, stream, _) => LoopbackServer.SendAsync(stream, File.ReadAllBytes(SharedData.At(path.TrimStart('/')))));
        DataSource source = Open("mnist", null, null, "cache", server.Address + "/");
        source.Count.ShouldBe(60_000);
        source.TestPart!.Count.ShouldBe(10_000);
        server.Requests.Count.ShouldBe(4);
        Open("mnist", null, null, "cache", server.Address).Fingerprint.ShouldBe(source.Fingerprint);
        server.Requests.Count.ShouldBe(4);
    }

    [DataTheory]
    [InlineData("mnist")]
    [InlineData("fashion-mnist")]
    public void Pinned_hashes_are_those_of_the_published_files(string name)
    {
        foreach (KnownFile file in KnownDataSet.All.Single(set => set.Name == name).Files)
        {
            byte[] content = FileContent.Read(SharedData.At($"{name}/{file.Name}"));
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)).ShouldBe(file.Sha256);
        }
    }

    [DataFact]
    public void The_published_images_are_read()
    {
        DataSource mnist = DataSources.Open("mnist", new DataOptions { DataDirectory = SharedData.Folder });
        mnist.Description.ShouldBe("60000 images of 28×28, classification of 10 classes, and 10000 test images");
        mnist.Labels[..5].ToArray().ShouldBe([5, 0, 4, 1, 9], "the first images of MNIST as every tutorial shows them");

        // The constants of every tutorial: mean 0.1307, deviation 0.3081 of pixels from 0 to 1.
        var preparation = (Hillock.Data.Images.ImagePreparation)mnist.Fit([.. Enumerable.Range(0, mnist.Count)]);
        (preparation.Mean / 255).ShouldBe(0.1307, 0.00005);
        (preparation.Scale / 255).ShouldBe(0.3081, 0.00005);

        DataSource cifar = DataSources.Open("cifar-10", new DataOptions { DataDirectory = SharedData.Folder });
        cifar.Count.ShouldBe(10_000);
        cifar.TestPart!.Count.ShouldBe(2_000);
    }

    [Fact]
    public void A_mirror_that_is_no_address_is_refused()
    {
        Should.Throw<DataException>(() => Open("mnist", null, mirror: "ftp://x")).Message.ShouldBe("the mirror 'ftp://x' is no http or https address");
    }

    [Fact]
    public void The_mirror_and_the_folders_come_from_the_environment_where_no_option_says_otherwise()
    {
        Dictionary<string, string> environment = new()
        {
            ["HILLOCK_DATA"] = "data",
            ["HILLOCK_MIRROR"] = "https://mirror.example/hillock",
            ["XDG_CACHE_HOME"] = "cache-home",
        };
        DataPlaces places = DataPlaces.Of(new DataOptions(), environment.GetValueOrDefault);
        places.FromEnvironment.ShouldBe("data");
        places.Mirror.ShouldBe(new Uri("https://mirror.example/hillock/"));
        if (OperatingSystem.IsLinux())
        {
            places.Cache.ShouldBe(Path.Combine("cache-home", "hillock"));
        }

        DataPlaces chosen = DataPlaces.Of(new DataOptions { Mirror = "http://other/", CacheDirectory = "c", DataDirectory = "d" }, environment.GetValueOrDefault);
        chosen.ShouldBe(new DataPlaces("d", "data", "c", new Uri("http://other/")));
    }

    private DataSource Open(string name, string? chosen, string? environment = null, string cache = "empty", string? mirror = null)
    {
        DataOptions options = new()
        {
            DataDirectory = chosen is null ? null : Path.GetFullPath(_folder.At(chosen)),
            CacheDirectory = _folder.At(cache),
            Mirror = mirror,
        };
        string? fromEnvironment = string.IsNullOrEmpty(environment) ? environment : _folder.At(environment);
        DataPlaces places = DataPlaces.Of(options, variable => variable == DataPlaces.DataVariable ? fromEnvironment : null);
        return DataSources.Open(name, options, places, progress: null, CancellationToken.None);
    }

    private void WriteSet(string place, int images)
    {
        // All four names, so that the cache is complete; the test part only where training images are downloaded as well.
        _folder.Write($"{place}/train-images-idx3-ubyte", IdxTests.Idx([images, 2, 2], IdxTests.Pixels(4 * images)));
        _folder.Write($"{place}/train-labels-idx1-ubyte", IdxTests.Idx([images], [.. Enumerable.Range(0, images).Select(i => (byte)i)]));
        if (place.StartsWith("cache", StringComparison.Ordinal))
        {
            _folder.Write($"{place}/t10k-images-idx3-ubyte", IdxTests.Idx([2, 2, 2], IdxTests.Pixels(8)));
            _folder.Write($"{place}/t10k-labels-idx1-ubyte", IdxTests.Idx([2], [0, 1]));
        }
    }
}
