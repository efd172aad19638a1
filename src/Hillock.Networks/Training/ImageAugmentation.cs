using Hillock.Activations.Random;

namespace Hillock.Networks;

/// <summary>
/// Random changes of the images of a training, drawn anew for every sample in every epoch (Krizhevsky, Sutskever, Hinton 2012). A sample's draws depend
/// on the training's key, the epoch and the sample alone.
/// </summary>
public sealed record ImageAugmentation
{
    /// <summary>
    /// Images are moved by up to this many pixels along each axis, and what comes in is 0: the same as a random crop out of the image with a margin of
    /// so many zeros. At least 0 and below the height and the width.
    /// </summary>
    public int Shift { get; init; }

    /// <summary>Whether every second image, by chance, is its mirror image: left and right change places.</summary>
    public bool Flip { get; init; }

    internal void Validate(TensorShape shape, string name)
    {
        if (shape.Rank != 3)
        {
            throw new ArgumentException($"augmentation shifts and flips images, and the samples have {shape}", name);
        }

        int least = Math.Min(shape.Dimensions[0], shape.Dimensions[1]);
        if (Shift < 0 || Shift >= least)
        {
            throw new ArgumentOutOfRangeException(name, Shift, $"images of {shape} can be shifted by 0 to {least - 1} pixels, and {Shift} was given");
        }
    }

    /// <summary>Copies an image as the draws change it.</summary>
    /// <param name="image">The image, row by row, the channels of a pixel beside each other.</param>
    /// <param name="changed">Receives the changed image.</param>
    /// <param name="shape">Height, width and channels.</param>
    /// <param name="random">The draws of this image.</param>
    internal void Copy(ReadOnlySpan<float> image, Span<float> changed, TensorShape shape, RandomStream random)
    {
        bool mirrored = Flip && random.NextInt32(2) == 1;
        int down = random.NextInt32(2 * Shift + 1) - Shift;
        int right = random.NextInt32(2 * Shift + 1) - Shift;
        int height = shape.Dimensions[0];
        int width = shape.Dimensions[1];
        int channels = shape.Dimensions[2];
        int kept = (width - Math.Abs(right)) * channels;
        for (int y = 0; y < height; y++)
        {
            Span<float> row = changed.Slice(y * width * channels, width * channels);
            int from = y - down;
            if (from < 0 || from >= height)
            {
                row.Clear();
                continue;
            }

            ReadOnlySpan<float> source = image.Slice(from * width * channels, width * channels);
            int start = Math.Max(0, right) * channels;
            row[..start].Clear();
            source.Slice(Math.Max(0, -right) * channels, kept).CopyTo(row[start..]);
            row[(start + kept)..].Clear();
            if (mirrored)
            {
                Mirror(row, channels);
            }
        }
    }

    private static void Mirror(Span<float> row, int channels)
    {
        for (int left = 0, right = row.Length - channels; left < right; left += channels, right -= channels)
        {
            for (int c = 0; c < channels; c++)
            {
                (row[left + c], row[right + c]) = (row[right + c], row[left + c]);
            }
        }
    }
}
