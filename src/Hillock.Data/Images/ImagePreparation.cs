using System.Text.Json.Serialization;
using Hillock.Networks;

namespace Hillock.Data.Images;

/// <summary>
/// The preparation of images: every pixel is (value - mean) / scale with the mean and standard deviation of all pixels of all training
/// images, so that the picture stays a picture. Colours are not told apart.
/// </summary>
public sealed class ImagePreparation : Preparation
{
    [JsonConstructor]
    internal ImagePreparation(TensorShape shape, double mean, double scale, IReadOnlyList<string> classes)
        : base(classes, targetMean: 0, targetScale: 1)
    {
        Shape = shape;
        Mean = mean;
        Scale = scale;
    }

    /// <summary>The mean of all pixels of the training images, 0 to 255.</summary>
    public double Mean { get; }

    /// <summary>Their standard deviation; 0 where all are the same: every input is then 0.</summary>
    public double Scale { get; }

    /// <inheritdoc/>
    public override TensorShape Shape { get; }

    private protected override void Fill(DataSource source, ReadOnlySpan<int> rows, Span<float> inputs)
    {
        if (source is not ImageSource images || images.Shape != Shape)
        {
            throw Mismatch(source, $"images of {Shape}");
        }

        Span<float> scaled = stackalloc float[256];
        for (int value = 0; value < scaled.Length; value++)
        {
            scaled[value] = Scale > 0 ? (float)((value - Mean) / Scale) : 0f;
        }

        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<byte> image = images.Image(rows[i]);
            Span<float> row = inputs.Slice(i * Features, Features);
            for (int p = 0; p < row.Length; p++)
            {
                row[p] = scaled[image[p]];
            }
        }
    }
}
