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

    /// <summary>The preparation for images whose pixels have each of the 256 values so often.</summary>
    internal static ImagePreparation Of(TensorShape shape, ReadOnlySpan<long> counts, IReadOnlyList<string> classes)
    {
        double number = 0;
        double sum = 0;
        for (int value = 0; value < counts.Length; value++)
        {
            number += counts[value];
            sum += (double)counts[value] * value;
        }

        double mean = sum / number;
        double squares = 0;
        for (int value = 0; value < counts.Length; value++)
        {
            squares += counts[value] * (value - mean) * (value - mean);
        }

        return new ImagePreparation(shape, mean, Math.Sqrt(squares / number), classes);
    }

    /// <summary>The input that each of the 256 values of a pixel becomes.</summary>
    internal float[] Inputs()
    {
        float[] inputs = new float[256];
        for (int value = 0; value < inputs.Length; value++)
        {
            inputs[value] = Scale > 0 ? (float)((value - Mean) / Scale) : 0f;
        }

        return inputs;
    }

    private protected override void Fill(DataSource source, ReadOnlySpan<int> rows, Span<float> inputs)
    {
        if (source is not ImageSource images || images.Shape != Shape)
        {
            throw Mismatch(source, $"images of {Shape}");
        }

        float[] scaled = Inputs();

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
