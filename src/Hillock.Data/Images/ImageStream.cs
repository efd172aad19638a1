using Hillock.Networks;

namespace Hillock.Data.Images;

/// <summary>Images that are read from their files whenever they are wanted.</summary>
internal sealed class ImageStream : StreamedDataset
{
    private const int BlockBytes = 1 << 18;

    private readonly ImageRecords _records;
    private readonly float[] _scaled;
    private readonly int[] _classOf;
    private readonly StreamPart _part;
    private readonly BlockStarts<long> _starts;
    private long _next;
    private long _image;

    private ImageStream(ImageRecords records, ImagePreparation preparation, int[] classOf, StreamPart part, BlockStarts<long> starts)
        : base(starts.Count, preparation.Shape, preparation.Classes.Count, starts.BlockSize)
    {
        _records = records;
        _scaled = preparation.Inputs();
        _classOf = classOf;
        _part = part;
        _starts = starts;
        Fingerprint = part.Fingerprint(records.Bytes, preparation);
    }

    public override string Fingerprint { get; }

    /// <summary>Reads images to learn from for the first time: their classes, and the mean and scale of the pixels of the part that is learned from.</summary>
    /// <param name="name">The name of the file or folder.</param>
    /// <param name="path">The name of the file or folder, for messages.</param>
    /// <param name="records">Opens the images.</param>
    /// <param name="test">Opens the test images; null where there are none.</param>
    /// <param name="options">How to stream.</param>
    /// <param name="progress">Is told of the share that has been read.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    public static StreamedData Open(
        string name, string path, Func<ImageRecords> records, Func<ImageRecords>? test, StreamOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ImageRecords images = records();
        ImageRecords? tests = null;
        try
        {
            options.CheckWindow(path, images.Count, images.Shape);
            bool ownTest = test is not null && options.HeldOutShare > 0;
            StreamPart part = ownTest ? StreamPart.All : StreamPart.ToLearnFrom(options);
            FirstPass pass = new(images, part, progress, cancellationToken);
            TargetValues target = ImageLabels.Read(path, pass.Labels, names: null, classes: null);
            ImagePreparation preparation = ImagePreparation.Of(images.Shape, pass.Pixels, target.Classes);
            int[] classOf = new int[byte.MaxValue + 1];
            Array.Fill(classOf, -1);
            for (int i = 0; i < pass.Labels.Length; i++)
            {
                classOf[pass.Labels[i]] = target.Labels[i];
            }

            StreamedDataset samples = Create(images, part, pass.Starts);
            StreamedDataset? heldOut = null;
            if (ownTest)
            {
                tests = test!();
                FirstPass testPass = new(tests, StreamPart.All, progress: null, cancellationToken);
                if (tests.Shape != images.Shape)
                {
                    throw new DataException($"{path}: the test images have {tests.Shape}, and the training images {images.Shape}");
                }

                if (Array.FindIndex(testPass.Labels, label => classOf[label] < 0) is >= 0 and int strange)
                {
                    throw new DataException($"{path}: a test image has the label {testPass.Labels[strange]}, which no training image has");
                }

                heldOut = Create(tests, StreamPart.All, testPass.Starts);
            }
            else if (part.HoldsOut)
            {
                tests = records();
                heldOut = Create(tests, part with { Held = true }, pass.HeldStarts);
            }

            if (samples.Count == 0 || heldOut?.Count == 0)
            {
                throw new DataException($"{path} has too few samples, {images.Count}, to hold some out");
            }

            string held = ownTest ? $", and {tests!.Count} test images" : "";
            string description = $"{images.Count} images of {string.Join('×', images.Extents)}, classification of {target.Classes.Count} classes{held}, streamed";
            return new StreamedData(name, description, warnings: [], preparation, samples, heldOut, tests is null ? [images] : [images, tests]);

            ImageStream Create(ImageRecords of, StreamPart ofPart, BlockStarts<long> starts) =>
                options.Window is { } window ? new(of, preparation, classOf, ofPart, starts) { Window = window } : new(of, preparation, classOf, ofPart, starts);
        }
        catch
        {
            images.Dispose();
            tests?.Dispose();
            throw;
        }
    }

    public override void Read(long first, Span<float> inputs, Span<int> labels, Span<float> targets, CancellationToken cancellationToken)
    {
        int features = Shape.Size;
        // The place is kept until all has been read: a call that throws can be made again.
        long image = first == _next ? _image : _starts[first];
        for (int placed = 0; placed < labels.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int read = _records.Load(image, labels.Length - placed);
            for (int i = 0; i < read; i++)
            {
                if (_part.Has(image + i))
                {
                    labels[placed] = _classOf[_records.Label(i)];
                    _records.Prepare(_records.Raw(i), _scaled, inputs.Slice(placed * features, features));
                    placed++;
                }
            }

            image += read;
        }

        _image = image;
        _next = first + labels.Length;
    }

    /// <summary>What is to be known of images before they are learned from.</summary>
    private sealed class FirstPass
    {
        private readonly long[] _pixels = new long[256];

        public FirstPass(ImageRecords records, StreamPart part, IProgress<double>? progress, CancellationToken cancellationToken)
        {
            int block = Math.Max(1, BlockBytes / records.Pixels);
            Starts = new(block);
            HeldStarts = new(block);
            bool[] seen = new bool[byte.MaxValue + 1];
            for (long image = 0; image < records.Count;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int read = records.Load(image, records.Count - image);
                for (int i = 0; i < read; i++, image++)
                {
                    byte label = records.Label(i);
                    records.CheckLabel(image, label);
                    seen[label] = true;
                    if (part.Has(image))
                    {
                        Starts.Add(image);
                        Count(records.Raw(i));
                    }
                    else
                    {
                        HeldStarts.Add(image);
                    }
                }

                progress?.Report((double)image / records.Count);
            }

            Labels = [.. Enumerable.Range(0, seen.Length).Where(label => seen[label]).Select(label => (byte)label)];
        }

        /// <summary>The labels that there are.</summary>
        public byte[] Labels { get; }

        /// <summary>How often pixels of the part have each value.</summary>
        public ReadOnlySpan<long> Pixels => _pixels;

        public BlockStarts<long> Starts { get; }

        public BlockStarts<long> HeldStarts { get; }

        private void Count(ReadOnlySpan<byte> pixels)
        {
            foreach (byte pixel in pixels)
            {
                _pixels[pixel]++;
            }
        }
    }
}
