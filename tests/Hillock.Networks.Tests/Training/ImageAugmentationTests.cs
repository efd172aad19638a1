using Hillock.Activations;
using Hillock.Activations.Random;

namespace Hillock.Networks.Tests.Training;

public class ImageAugmentationTests
{
    private static readonly TensorShape Shape = TensorShape.Image(4, 5, 2);

    [Fact]
    public void An_image_is_moved_and_mirrored_in_every_way_there_is_and_in_no_other()
    {
        ImageAugmentation augmentation = new() { Shift = 1, Flip = true };
        float[] image = [.. Enumerable.Range(1, Shape.Size).Select(i => (float)i)];
        float[][] possible = [.. from mirrored in new[] { false, true } from down in new[] { -1, 0, 1 } from right in new[] { -1, 0, 1 } select Changed(image, mirrored, down, right)];
        HashSet<int> seen = [];
        float[] changed = new float[Shape.Size];
        for (int draw = 0; draw < 400; draw++)
        {
            augmentation.Copy(image, changed, Shape, new RandomStream(RandomKey.FromSeed(1).Derive(draw)));
            int which = Array.FindIndex(possible, changed.SequenceEqual);
            which.ShouldBeGreaterThanOrEqualTo(0);
            seen.Add(which);
        }

        seen.Count.ShouldBe(possible.Length);
    }

    [Fact]
    public void Without_changes_an_image_stays_as_it_is()
    {
        float[] image = [.. Enumerable.Range(1, Shape.Size).Select(i => (float)i)];
        float[] changed = new float[Shape.Size];
        new ImageAugmentation().Copy(image, changed, Shape, new RandomStream(RandomKey.FromSeed(1)));
        changed.ShouldBe(image);
    }

    [Fact]
    public void A_training_with_changes_has_the_same_bits_on_any_number_of_threads_and_others_without()
    {
        TrainingOptions options = new() { Epochs = 2, BatchSize = 8, Augmentation = new() { Shift = 2, Flip = true } };
        float[] expected = Trained(options);
        Trained(options with { Threads = 3 }).ShouldBe(expected);
        Trained(options with { Augmentation = null }).ShouldNotBe(expected);
        Trained(options with { Augmentation = new() }).ShouldBe(Trained(options with { Augmentation = null }));
    }

    [Fact]
    public void What_cannot_be_shifted_is_refused()
    {
        TrainingOptions options = new() { Augmentation = new() { Shift = 4 } };
        Should.Throw<ArgumentException>(() => Trained(options)).Message.ShouldContain("images of 4×5×2 can be shifted by 0 to 3 pixels, and 4 was given");
        Dataset plain = Dataset.Regression([1, 2], 2, [1]);
        Network network = Network.Create(NetworkDescription.Mlp(2, [], Activation.Parse("relu"), 1, Loss.MeanSquaredError), RandomKey.FromSeed(1));
        Should.Throw<ArgumentException>(() => Trainer.Train(network, plain, null, options, RandomKey.FromSeed(1)))
            .Message.ShouldContain("augmentation shifts and flips images, and the samples have 2 features");
    }

    private static float[] Trained(TrainingOptions options)
    {
        RandomStream random = new(RandomKey.FromSeed(5));
        float[] inputs = [.. Enumerable.Range(0, 30 * Shape.Size).Select(_ => random.NextSingle())];
        Dataset data = Dataset.Classification(inputs, Shape, [.. Enumerable.Range(0, 30).Select(i => i % 3)], 3);
        NetworkDescription description = NetworkDescription.Mlp(Shape.Size, [7], Activation.Parse("tanh"), 3, Loss.SoftmaxCrossEntropy);
        Network network = Network.Create(description, RandomKey.FromSeed(1));
        Trainer.Train(network, data, null, options, RandomKey.FromSeed(2));
        return network.Parameters.Span.ToArray();
    }

    private static float[] Changed(float[] image, bool mirrored, int down, int right)
    {
        float[] changed = new float[image.Length];
        for (int y = 0; y < 4; y++)
        {
            for (int x = 0; x < 5; x++)
            {
                (int fromY, int fromX) = (y - down, (mirrored ? 4 - x : x) - right);
                for (int c = 0; c < 2 && fromY is >= 0 and < 4 && fromX is >= 0 and < 5; c++)
                {
                    changed[(y * 5 + x) * 2 + c] = image[(fromY * 5 + fromX) * 2 + c];
                }
            }
        }

        return changed;
    }
}
